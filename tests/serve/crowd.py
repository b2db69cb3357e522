#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A hundred clients on one server: crowd.py SERVER-PROGRAM CLIENT-PROGRAM SECONDS

Each client is a process of its own (a shell that is fed line by line) and owns half of a register,
whose other half belongs to its neighbour: it changes its half by read-modify-write and reads it
back.  Some are killed in the middle and replaced; others that are no switchblade send garbage, half
messages, or take no answer.  Every answer must be right, the server must be alive at the end, keep
its size and its file descriptors, and end cleanly.  Prints figures and "N passed, N failed".
"""
import asyncio
import os
import random
import signal
import socket
import struct
import sys
import tempfile

SERVER, CLIENT, SECONDS = sys.argv[1], sys.argv[2], float(sys.argv[3])
N_CLIENTS = 100
MAP = os.path.join(os.path.dirname(__file__), "crowd.rdl")
HELLO = struct.pack("<IBxxxI4sIIH", 8 + 4 + 8 + 2, 1, 1, b"SBR1", 1, 1, 0)
OPEN = struct.pack("<IBxxxIHHQ", 8 + 2 + 2 + 8, 2, 2, 0, 0, 0)


def batch(seq, n):
    """A BATCH of n reads of WORD[0]."""
    body = struct.pack("<BI", 0, n) + struct.pack("<BQ", 0, 0) * n
    return struct.pack("<IBxxxI", 8 + len(body), 3, seq) + body


class Crowd:
    def __init__(self, path):
        self.path = path
        self.answers = self.wrong = self.killed = self.garbage = self.died = 0
        self.over = False
        self.words = {}

    async def start(self):
        return await asyncio.create_subprocess_exec(
            CLIENT, "--raw", "--map", MAP, "-b", f"unix:{self.path}", "--wait", "60s", "shell",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE)

    async def ask(self, process, text):
        process.stdin.write(text.encode())
        await process.stdin.drain()
        return await asyncio.wait_for(process.stdout.readline(), 60)

    async def client(self, number):
        half = f"WORD[{number // 2}].{'LO' if number % 2 == 0 else 'HI'}"
        chance = random.Random(number)
        value = 0
        process = await self.start()
        while not self.over:
            before, value = value, chance.randrange(1, 65536)
            text = f"reg set {half}={value}\nreg read {half}\n"
            if chance.random() < 0.005:
                process.stdin.write(text.encode())
                await asyncio.sleep(chance.random() * 0.01)
                process.kill()
                await process.communicate()
                self.killed += 1
                process = await self.start()
                line = await self.ask(process, f"reg read {half}\n")
                # Killed before or after its write: both values are right, no third one is.
                if self.judge(half, line, {before, value}):
                    value = int(line, 16)
                continue
            self.judge(half, await self.ask(process, text), {value})
        self.words[number] = value
        process.stdin.close()
        text = await process.stderr.read()
        if await process.wait() != 0 or text:
            self.died += 1
            print(f"--- client {number}: {text.decode()[:300]}")

    def judge(self, half, line, values):
        self.answers += 1
        if line.strip() and int(line, 16) in values:
            return True
        self.wrong += 1
        if self.wrong < 10:
            print(f"--- {half}: got {line!r}, want one of {sorted(values)}")
        return False

    async def vandal(self, number):
        """No switchblade: what it sends is wrong in one of several ways."""
        chance = random.Random(1000 + number)
        while not self.over:
            with socket.socket(socket.AF_UNIX) as peer:
                peer.setblocking(False)
                loop = asyncio.get_running_loop()
                try:
                    await loop.sock_connect(peer, self.path)
                    await self.annoy(loop, peer, chance)
                except OSError:
                    pass  # dropped, as it should be
            self.garbage += 1
            await asyncio.sleep(0.02)

    async def annoy(self, loop, peer, chance):
        way = chance.randrange(6)
        if way == 0:
            await loop.sock_sendall(peer, chance.randbytes(chance.randrange(1, 5000)))
        elif way == 1:
            await loop.sock_sendall(peer, HELLO + OPEN + chance.randbytes(chance.randrange(300)))
        elif way == 2:
            await loop.sock_sendall(peer, HELLO + OPEN + batch(3, 100)[:chance.randrange(900)])
            await asyncio.sleep(chance.random() * 0.2)
        elif way == 3:  # asks much and takes nothing
            await loop.sock_sendall(peer, HELLO + OPEN)
            for seq in range(3, 20):
                try:
                    peer.send(batch(seq, 16384))
                except OSError:
                    break
                await asyncio.sleep(0.01)
        elif way == 4:  # a lease, and death
            await loop.sock_sendall(peer, HELLO + OPEN)
            await asyncio.sleep(0.005)
            await loop.sock_sendall(peer, struct.pack("<IBxxxIQH", 8 + 8 + 2, 4, 9, 10**7, 0))
            await asyncio.sleep(chance.random() * 0.02)
        else:
            await asyncio.sleep(chance.random())


def size_of(pid):
    """Resident KiB and open files."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        rss = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return rss, len(os.listdir(f"/proc/{pid}/fd"))


async def run(folder):
    path = os.path.join(folder, "s")
    server = await asyncio.create_subprocess_exec(
        SERVER, "--map", MAP, "-b", "mock:", "serve", "--listen", path,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
    await asyncio.wait_for(server.stdout.readline(), 20)
    crowd = Crowd(path)
    tasks = [asyncio.create_task(crowd.client(i)) for i in range(N_CLIENTS)]
    tasks += [asyncio.create_task(crowd.vandal(i)) for i in range(5)]
    await asyncio.sleep(SECONDS * 0.3)
    early = size_of(server.pid)
    await asyncio.sleep(SECONDS * 0.7)
    late = size_of(server.pid)
    crowd.over = True
    failures = [r for r in await asyncio.gather(*tasks, return_exceptions=True) if r is not None]
    for failure in failures[:5]:
        print(f"--- {failure!r}")
    # All halves as their owners left them, seen by one that comes last.
    last = await crowd.start()
    for number, value in sorted(crowd.words.items()):
        half = f"WORD[{number // 2}].{'LO' if number % 2 == 0 else 'HI'}"
        crowd.judge(half, await crowd.ask(last, f"reg read {half}\n"), {value})
    last.stdin.close()
    await last.wait()
    await asyncio.sleep(0.3)
    idle = size_of(server.pid)
    alive = server.returncode is None
    server.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(server.communicate(), 20)
    checks = {
        "every answer right": crowd.wrong == 0 and crowd.answers > N_CLIENTS,
        "no client failed": not failures and crowd.died == 0 and len(crowd.words) == N_CLIENTS,
        "some were killed and some sent garbage": crowd.killed > 0 and crowd.garbage > 0,
        "the server lived, and ended cleanly": alive and server.returncode == 0 and not err,
        "it grew by less than 16 MiB": late[0] - early[0] < 16384,
        "it closed all files of clients": idle[1] <= 12,
        "its socket is gone": not os.path.exists(path),
    }
    print(f"counted: serve: {N_CLIENTS} clients, {SECONDS:g} s, {crowd.answers} answers "
          f"({crowd.answers / SECONDS:.0f}/s), {crowd.wrong} wrong, {crowd.killed} killed, "
          f"{crowd.garbage} connections of garbage; resident {early[0]} to {late[0]} KiB, "
          f"{late[1]} files, {idle[1]} when idle; " +
          ", ".join(" ".join(line.split()) for line in out.decode().splitlines() if ":" not in line))
    for check, good in checks.items():
        if not good:
            print(f"--- not so: {check}\n{err.decode()[:3000]}")
    bad = sum(not good for good in checks.values())
    print(f"{len(checks) - bad} passed, {bad} failed")
    return bad != 0


with tempfile.TemporaryDirectory() as FOLDER:
    os.environ["SWITCHBLADE_LOCK_DIR"] = FOLDER
    sys.exit(asyncio.run(run(FOLDER)))
