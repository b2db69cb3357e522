#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Validates the --json output of every command against the schema that the output names.

usage: schemas.py SWITCHBLADE [SCHEMA-FOLDER]

Each command runs as it is, and again on a bus whose first accesses fail one after the other, so
that partial documents are checked too.  Every schema file must have been used.
"""
import json
import os
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    sys.exit("schemas.py: the package python3-jsonschema is missing")

HUMILITY = "mock:fixtures/vsc7448/dev1g-humility.regs"
MOCK = "mock:"
WORK = os.environ["WORK"]

BTC = ["-b", MOCK, "--map", "btc"]

# (options, command): the bus of commands that reach a device is FAULT in the second run.
COMMANDS = [
    (["-b", MOCK], ["acl", "add", "drop"]),
    (["-n", "-b", MOCK], ["acl", "add", "to", "10", "--etype", "0x88b5"]),
    (["-b", MOCK], ["acl", "clear"]),
    (["-b", MOCK], ["acl", "del", "0"]),
    (["-b", MOCK], ["acl", "port", "0-7", "mac"]),
    (["-b", MOCK], ["acl", "show"]),
    ([], ["board", "check"]),
    ([], ["board", "check", "fixtures/boards/bench24.yaml"]),
    ([], ["board", "check", "/no/such/file"]),
    (["-b", MOCK], ["board", "check", "--open"]),
    ([], ["board", "show"]),
    (["-b", MOCK], ["board", "show"]),
    (["-b", MOCK], ["bus", "info"]),
    (["-b", "file:/no/such/file"], ["bus", "info"]),
    ([], ["bus", "list"]),
    ([], ["bus", "list", "--all"]),
    ([], ["bus", "list", "--lspci", "/no/such/file"]),
    (["-b", MOCK], ["bus", "test", "--count", "5"]),
    (["-n", "-b", MOCK], ["bus", "test", "--count", "5"]),
    (["-b", "mock:,usb"], ["bus", "tune", "--count", "200"]),
    (["-b", "mock:,usb", "--map", "btc"], ["bus", "tune", "--count", "200"]),
    (["-b", MOCK], ["chip", "init", "--port-map", "0-7=1G,49=10G"]),
    ([], ["chip", "init"]),
    (["-n", "-b", MOCK], ["chip", "init"]),
    (["--yes", "-b", MOCK], ["chip", "reset"]),
    (["-b", MOCK], ["chip", "reset"]),
    (["-b", MOCK], ["chip", "show"]),
    (["-b", MOCK], ["chip", "temp"]),
    (["-b", MOCK], ["counters", "clear", "0,49"]),
    (["-b", MOCK], ["counters", "show", "0,49", "--all"]),
    (["-b", MOCK], ["counters", "show", "7", "--all", "--watch", "--count", "2"]),
    (["-b", MOCK], ["counters", "show", "99"]),
    (["-b", MOCK], ["frame", "capture", "--timeout", "1ms"]),
    (["-n", "-b", MOCK], ["frame", "capture", "--timeout", "1ms"]),
    (["-b", MOCK], ["frame", "send", "3"]),
    (["-n", "-b", MOCK], ["frame", "send", "3,49"]),
    ([], ["gpio", "mode", "56-57", "MIIM1"]),
    (["-n"], ["gpio", "mode", "3", "out"]),
    (["-b", MOCK], ["gpio", "serial", "0"]),
    (["-b", MOCK], ["gpio", "serial-set", "0:3.1", "!blink0"]),
    (["-b", MOCK], ["gpio", "serial-setup", "1", "0-3", "2"]),
    (["-b", MOCK], ["gpio", "set", "3", "high"]),
    (["-b", MOCK], ["gpio", "show"]),
    ([], ["help"]),
    ([], ["help", "reg"]),
    ([], ["help", "reg", "poll"]),
    ([], ["reg", "poll", "--help"]),
    ([], ["help", "nonsense"]),
    ([], ["link", "modes", "0,49"]),
    ([], ["link", "set", "0", "nonsense"]),
    ([], ["link", "set", "0-1", "none"]),
    (["-b", MOCK], ["link", "history", "0-3"]),
    (["-b", MOCK], ["link", "kr", "49"]),
    (["-b", MOCK], ["link", "show", "0-3,49"]),
    ([], ["map", "diff", "btc", "rocker"]),
    ([], ["map", "diff", "btc", "btc"]),
    ([], ["map", "info"]),
    ([], ["map", "info", "rocker"]),
    ([], ["map", "info", f"{WORK}/bad.rdl"]),
    ([], ["map", "list"]),
    ([], ["port", "disable", "3"]),
    (["-b", MOCK], ["oset", "send", "50", "0x123456"]),
    (["-b", MOCK], ["oset", "show"]),
    (["-b", MOCK], ["oset", "watch", "50", "--count", "1"]),
    (["-b", MOCK], ["port", "show", "0-3,49"]),
    ([], ["port", "show"]),
    ([], ["source", "tests/cli/links.txt"]),
    ([], ["source", "fixtures/scripts/bring-up"]),
    ([], ["phy", "read", "0:16", "2"]),
    ([], ["phy", "read", "0:16.7", "16"]),
    (["-b", MOCK], ["phy", "read", "0:16", "2"]),
    (["-n", "-b", MOCK], ["phy", "read", "0:16", "2"]),
    (["-b", MOCK], ["phy", "write", "0:16.7", "16", "0x1e1"]),
    ([], ["reg", "diff", f"{WORK}/a.regs", f"{WORK}/b.regs"]),
    ([], ["reg", "diff", "--mask", f"{WORK}/a.regs", f"{WORK}/a.regs", f"{WORK}/b.regs"]),
    (["-b", MOCK], ["reg", "diff", f"{WORK}/a.regs"]),
    (["-b", MOCK], ["reg", "dump", "DEV1G[0]:DEV_CFG_STATUS"]),
    (["-b", MOCK], ["reg", "dump", "DEVCPU_ORG", "-o", f"{WORK}/dump.regs"]),
    ([], ["reg", "find", "0x71040000"]),
    ([], ["reg", "find", "0x1"]),
    ([], ["reg", "info", "CHIP_ID", "0x374680e9"]),
    ([], ["reg", "info", "DEV1G:DEV_RST_CTRL"]),
    ([], ["reg", "info", "DEVCPU_GCB:SOFT_RST"]),
    ([], ["reg", "info", "DEVCPU_ORG:SEMA0"]),
    ([], ["reg", "list"]),
    ([], ["reg", "list", "-x", "DEV1G[0]"]),
    (["-b", MOCK], ["reg", "poll", "CHIP_ID.REV_ID==3"]),
    (["-b", MOCK], ["reg", "poll", "CHIP_ID.REV_ID==4", "--timeout", "1ms"]),
    (["-n", "-b", MOCK], ["reg", "poll", "CHIP_ID.REV_ID==4"]),
    (["-b", MOCK], ["reg", "read", "DEV1G[0]:DEV_CFG_STATUS:*", "CHIP_ID.PART_ID"]),
    (["-b", MOCK], ["reg", "read", "DEVCPU_ORG:DEVCPU_ORG:SEMA*"]),
    (["-b", MOCK], ["reg", "read", "SIMC:DR[*]"]),
    (["-b", MOCK, "--map", "rocker"], ["reg", "read", "TEST_REG64", "PORT[*]:TX:*"]),
    (["-b", MOCK], ["reg", "read", "nonsense"]),
    (["-b", MOCK], ["reg", "restore", f"{WORK}/a.regs"]),
    (["-n", "-b", MOCK], ["reg", "restore", f"{WORK}/a.regs"]),
    (["-b", MOCK], ["reg", "set", "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1", "0x71050000[0:0]=1"]),
    (["-y", "-b", MOCK], ["reg", "set", "DEV1G[0-3]:DEV_RST_CTRL.SPEED_SEL=MBPS_100"]),
    (["-n", "-b", MOCK], ["reg", "set", "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=1"]),
    ([], ["reg", "set", "ID:SCRATCH.SCRATCH=1"]),
    (["-b", MOCK], ["reg", "watch", "CHIP_ID", "CHIP_ID.REV_ID", "--count", "3"]),
    (["-b", MOCK], ["reg", "watch", "DEVCPU_ORG:DEVCPU_ORG:SEMA*", "--count", "2"]),
    (["-y", "-b", MOCK], ["reg", "write", "DEV1G[0-3]:DEV_RST_CTRL", "1"]),
    (["-n", "-b", MOCK], ["reg", "write", "DEV1G[0]:DEV_RST_CTRL", "1"]),
    (["-b", MOCK], ["reg", "write", "CHIP_ID", "1"]),
    (["-b", MOCK], ["serdes", "ber", "49"]),
    (["-b", MOCK], ["route", "add", "192.0.2.10", "02:00:00:00:00:01@1"]),
    (["-n", "-b", MOCK], ["route", "add", "192.0.2.10", "02:00:00:00:00:01@1x2"]),
    (["-b", MOCK], ["route", "del", "192.0.2.10"]),
    (["-b", MOCK], ["route", "group", "192.0.2.10"]),
    (["-b", MOCK], ["route", "leg", "1", "100"]),
    (["-b", MOCK], ["route", "mac", "02:aa:bb:cc:dd:ee"]),
    (["-b", MOCK], ["route", "show"]),
    (["-b", MOCK], ["isolate", "show"]),
    (["-b", MOCK], ["isolate", "set", "0-3"]),
    (["-b", MOCK], ["lag", "set", "0-3"]),
    (["-b", MOCK], ["lag", "hash", "smac,dmac"]),
    (["-n", "-b", MOCK], ["lag", "set", "0-3"]),
    (["-b", MOCK], ["mac", "add", "1", "02:00:00:00:00:01", "3,4", "--cpu", "2"]),
    (["-b", MOCK], ["mac", "age", "300"]),
    (["-b", MOCK], ["mac", "flush", "--port", "3"]),
    (["-b", MOCK], ["mac", "find", "1", "02:00:00:00:00:01"]),
    (["-b", MOCK], ["mac", "show"]),
    (["-b", MOCK], ["mirror", "set", "48", "--rx", "0", "--tag", "c", "--tag-vlan", "200"]),
    (["-b", MOCK], ["pgid", "show"]),
    (["-b", MOCK], ["pgid", "set", "uc-flood", "0-2", "--cpu", "3"]),
    (["-b", MOCK], ["police", "set", "3", "100Mbps"]),
    (["-b", MOCK], ["storm", "set", "bc", "1000fps"]),
    (["-b", MOCK], ["vlan", "add", "100", "0-7", "--flags", "private,no-learn"]),
    (["-b", MOCK], ["vlan", "custom-tag", "0x9100"]),
    (["-b", MOCK], ["vlan", "port", "0-1", "--pvid", "100"]),
    (["-b", MOCK], ["vlan", "show"]),
    (["-b", MOCK], ["source", f"{WORK}/routes"]),
    (["-b", MOCK], ["serdes", "eye", "49"]),
    (["-b", MOCK], ["serdes", "eye", "52", "--full", "--step", "32", "--words", "4"]),
    (["-n", "-b", MOCK], ["serdes", "eye", "49"]),
    (["-b", MOCK], ["serdes", "loop", "0"]),
    ([], ["serdes", "loop", "0", "pcs"]),
    (["-b", MOCK], ["serdes", "prbs", "0-1"]),
    (["-b", MOCK], ["serdes", "show"]),
    ([], ["sfp", "show"]),
    (["-b", MOCK], ["serve", "--listen", f"{WORK}/s.sock", "--idle", "1ms"]),
    ([], ["serve"]),
    (["-b", MOCK], ["sfp", "show"]),
    (["-n"], ["sfp", "show", "49"]),
    (["-b", MOCK], ["source", f"{WORK}/script"]),
    ([], ["arb", "show"]),
    ([], ["arb", "set", "weighted", "--station", "3", "--weight", "2"]),
    (["-n"], ["arb", "set", "priority"]),
    ([], ["blade", "disable", "3"]),
    (BTC, ["blade", "discover"]),
    ([], ["blade", "enable", "3"]),
    ([], ["blade", "events"]),
    ([], ["blade", "list"]),
    ([], ["blade", "show", "3"]),
    ([], ["btc", "events"]),
    (BTC, ["btc", "init"]),
    (["-n"], ["btc", "init"]),
    (["-y"], ["btc", "reset"]),
    (BTC, ["btc", "show"]),
    ([], ["frame", "set", "--gain", "2"]),
    ([], ["frame", "show"]),
    ([], ["msg", "broadcast", "hello"]),
    ([], ["msg", "gateway", "--for", "1ms"]),
    ([], ["msg", "instruct", "all", "normal"]),
    (BTC, ["msg", "ping", "3"]),
    ([], ["msg", "recv", "--timeout", "1ms"]),
    ([], ["msg", "send", "02:00:00:00:00:01", "hello"]),
    ([], ["scenario", "run", "fixtures/scenarios/four-blades.yaml"]),
    ([], ["scenario", "run", "tests/cli/links.txt"]),
    ([], ["slot", "assign", "5", "shared"]),
    (["-n"], ["slot", "listen", "5", "1-3"]),
    (BTC, ["slot", "plan", "1=0"]),
    (BTC, ["slot", "show"]),
    ([], ["steer", "set", "3", "0x50", "1"]),
    ([], ["steer", "show"]),
    ([], ["tdm", "load"]),
    (BTC, ["tdm", "trace"]),
    ([], ["source", "tests/cli/tdm.txt"]),
    (["-J", f"{WORK}/none"], ["undo"]),
    (["-J", f"{WORK}/journal", "-b", MOCK], ["undo", "--dry-run"]),
    (["-b", MOCK, "-J", f"{WORK}/undone"], ["source", f"{WORK}/undo"]),
    ([], ["version"]),
    ([], []),
]


class Checker:
    def __init__(self, program, folder):
        self.program = program
        self.schemas = {}
        self.used = set()
        self.passed = self.failed = 0
        for path in sorted(pathlib.Path(folder).glob("*.schema.json")):
            schema = json.loads(path.read_text())
            jsonschema.Draft7Validator.check_schema(schema)
            self.schemas[schema["properties"]["schema"]["const"]] = jsonschema.Draft7Validator(schema)

    def fail(self, command, text):
        self.failed += 1
        print(f"--- {' '.join(command)}\n{text}")

    def documents(self, text):
        """One document, or one per line."""
        try:
            return [json.loads(text)]
        except ValueError:
            return [json.loads(line) for line in text.splitlines()]

    def check(self, command):
        """Runs a command; returns its exit status."""
        run = subprocess.run([self.program, "--json"] + command, capture_output=True,
                             stdin=subprocess.DEVNULL, timeout=60, check=False)
        try:
            documents = self.documents(run.stdout.decode())
            for document in documents:
                self.schemas[document["schema"]].validate(document)
                self.used.add(document["schema"])
            if run.returncode < 0 or run.returncode > 8:
                raise ValueError(f"exit status {run.returncode}")
            if not documents:
                raise ValueError("no document")
            # An error is told twice: to programs here, to people on standard error.
            told = any("error" in document for document in documents)
            if told != bool(run.stderr) or (told and run.returncode == 0):
                raise ValueError(f"status {run.returncode}, error {told}: {run.stderr.decode()}")
        except (ValueError, KeyError, jsonschema.ValidationError) as error:
            self.fail(command, f"{error}\n{run.stdout.decode()[:2000]}")
            return run.returncode
        self.passed += 1
        return run.returncode

    def faults(self, options, command):
        for access in range(1, 12):
            for kind in ("io", "timeout"):
                bus = f"fault:after={access},kind={kind},mock:"
                faulty = [bus if word == MOCK else word for word in options]
                self.check(faulty + command)


def main():
    checker = Checker(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "cli/schemas")
    for options, command in COMMANDS:
        checker.check(options + command)
        if MOCK in options:
            checker.faults(options, command)
    for unused in sorted(set(checker.schemas) - checker.used):
        checker.fail([unused], "no command gave such a document")
    print(f"{checker.passed} passed, {checker.failed} failed")
    return checker.failed != 0


sys.exit(main())
