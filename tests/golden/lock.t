# One writer per device. The other writer is a shell that holds the lock file.

$ head -c 65536 /dev/zero >dev.bin; switchblade -b file:dev.bin --map btc reg write ID:SCRATCH 1; ls ../locks | sed 's/[0-9a-f]\{16\}/HASH/'
| WRITTEN        ADDRESS       VALUE
| ID:SCRATCH  0x0000000c  0x00000001
| switchblade-HASH.lock

$ lock=$(echo ../locks/*); exec 9<>"$lock"; flock -x 9; echo 'process 1 (chip init) since 2026-01-01 00:00:00' >"$lock"
$ switchblade -b file:dev.bin --map btc reg write ID:SCRATCH 2 2>&1 | sed 's/file:[^ ]*dev/file:dev/'; echo "exit ${PIPESTATUS[0]}"
$ switchblade -b file:dev.bin --map btc reg read ID:SCRATCH --raw
$ switchblade --dry-run --raw -b file:dev.bin --map btc reg write ID:SCRATCH 2
$ switchblade --json -b file:dev.bin --map btc reg write ID:SCRATCH 2 2>/dev/null | grep -o '"code": "[a-z]*"'
| switchblade: switch: file:dev.bin is in use by process 1 (chip init) since 2026-01-01 00:00:00; --wait 10s waits for it (busy)
| exit 7
| 0x00000001
| ID:SCRATCH	0x00000001	0x00000002
| "code": "busy"

$ switchblade --wait soon -b file:dev.bin --map btc reg write ID:SCRATCH 2
! switchblade: --wait: "soon" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade --wait 10s -b file:dev.bin --map btc --raw reg write ID:SCRATCH 3
