#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks a file of udev rules: udev_rules.py RULES PCI_KIND.C USB_LIST.C

Debian 12 has no `udevadm verify` yet.  The grammar is that of udev(7): lines of KEY{NAME} OPERATOR
"VALUE" with commas between, keys that match and keys that assign, GOTO forward to a LABEL.  Then
the rules' ids have to be those of the tables in the C files.  Mistakes that a checker has to find
are tried first.
"""
import re
import sys

TOKEN = re.compile(r'\s*([A-Z_]+)(\{[^{}]*\})?\s*(==|!=|\+=|-=|:=|=)\s*"((?:[^"\\]|\\.)*)"\s*')

# udev(7): which operators a key takes, and whether it needs a {NAME}.
MATCH, ASSIGN, LIST = {"==", "!="}, {"=", ":="}, {"=", "+=", "-=", ":="}
KEYS = {
    "ACTION": (MATCH, False), "DEVPATH": (MATCH, False), "KERNEL": (MATCH, False),
    "KERNELS": (MATCH, False), "SUBSYSTEM": (MATCH, False), "SUBSYSTEMS": (MATCH, False),
    "DRIVER": (MATCH, False), "DRIVERS": (MATCH, False), "ATTRS": (MATCH, True),
    "TEST": (MATCH, None), "ATTR": (MATCH | ASSIGN, True), "ENV": (MATCH | ASSIGN | {"+="}, True),
    "TAG": (MATCH | LIST, False), "NAME": (MATCH | ASSIGN, False), "SYMLINK": (MATCH | LIST, False),
    "OWNER": (ASSIGN, False), "GROUP": (ASSIGN, False), "MODE": (ASSIGN, False),
    "RUN": (LIST, None), "LABEL": ({"="}, False), "GOTO": ({"="}, False),
    "IMPORT": (MATCH | {"="}, True), "OPTIONS": ({"=", "+="}, False),
}

BAD = [
    'SUBSYSTEM="pci"', 'MODE=="0660"', 'MODE="0660', "MODE='0660'", 'MODE="0668"', "MODE",
    'SUBSYSTEM=="usb" MODE="0660"', 'SUBSYSTEM=="usb",, MODE="0660"', 'ATTR=="0403"',
    'SUBSYSTEM{x}=="usb"', 'SUBSYTEM=="usb"', 'GOTO="nowhere"', 'LABEL="a"\nGOTO="a"',
    'LABEL="a"\nLABEL="a"', 'RUN+="sh"', 'GROUP="two words"', 'SUBSYSTEM=="usb", \\',
]


def lines(text):
    """Logical lines: comments away, a backslash at the end joins."""
    joined = ""
    for line in text.split("\n"):
        if not joined and (not line.strip() or line.lstrip().startswith("#")):
            continue
        joined += line
        if joined.endswith("\\"):
            joined = joined[:-1]
            continue
        yield joined
        joined = ""
    if joined:
        raise ValueError("the last line goes on")


def tokens(line):
    at = 0
    while at < len(line):
        found = TOKEN.match(line, at)
        if not found:
            raise ValueError(f"does not read: {line[at:]}")
        yield found.groups()
        at = found.end()
        if at < len(line):
            if line[at] != "," or not line[at + 1:].strip():
                raise ValueError(f"want a comma and more: {line[at:]}")
            at += 1


def check_token(key, name, operator, value):
    if key not in KEYS:
        raise ValueError(f"no such key: {key}")
    operators, named = KEYS[key]
    if operator not in operators:
        raise ValueError(f"{key} does not take {operator}")
    if named is not None and named != bool(name):
        raise ValueError(f"{key} {'needs' if named else 'takes no'} name in braces")
    if key == "MODE" and not re.fullmatch("[0-7]{3,4}", value):
        raise ValueError(f"no mode: {value}")
    if key in ("GROUP", "OWNER") and not re.fullmatch("[a-z_][a-z0-9_-]*", value):
        raise ValueError(f"no group: {value}")
    if key == "RUN" and not value.startswith("/"):
        raise ValueError(f"not a whole path: {value}")


def parse(text):
    """The rules, as lists of (key, name, operator, value)."""
    rules = [list(tokens(line)) for line in lines(text)]
    labels = [value for rule in rules for key, _, _, value in rule if key == "LABEL"]
    if len(labels) != len(set(labels)):
        raise ValueError("a label is there twice")
    passed = set()
    for rule in rules:
        for key, name, operator, value in rule:
            check_token(key, name, operator, value)
            if key == "LABEL":
                passed.add(value)
            if key == "GOTO" and (value not in labels or value in passed):
                raise ValueError(f"GOTO {value}: no such label below")
    return rules


def ids_of(rules, vendor, product):
    found = set()
    for rule in rules:
        values = {name: value for key, name, operator, value in rule
                  if key == "ATTR" and operator == "=="}
        for one in values.get(f"{{{product}}}", "").split("|"):
            if one:
                found.add((int(values[f"{{{vendor}}}"], 16), int(one, 16)))
    return found


def ids_in(path):
    """The first two numbers in hexadecimal of each row of a table in C."""
    with open(path, encoding="utf-8") as file:
        rows = re.findall(r'\{ "[^{}]*?0x([0-9a-f]{4}), 0x([0-9a-f]{4})', file.read())
    return {(int(vendor, 16), int(product, 16)) for vendor, product in rows}


def main():
    failed = 0
    for text in BAD:
        try:
            parse(text)
        except ValueError:
            continue
        failed += 1
        print(f"this mistake was not found: {text}")
    with open(sys.argv[1], encoding="utf-8") as file:
        rules = parse(file.read())
    for what, got, want in (
        ("PCI", ids_of(rules, "vendor", "device"), ids_in(sys.argv[2])),
        ("USB", ids_of(rules, "idVendor", "idProduct"), ids_in(sys.argv[3])),
    ):
        if got != want or not want:
            failed += 1
            print(f"{what}: the rules have {sorted(got)}, the program {sorted(want)}")
    return failed != 0


sys.exit(main())
