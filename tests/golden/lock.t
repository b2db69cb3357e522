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

# Two real processes: the first takes long, the second is told who it is, what it runs, and since when.
$ switchblade --yes -b fault:latency=100000,file:dev.bin --map btc reg write 'BLADE[*]:IDENT_LO' 1 >/dev/null & pid=$!; until grep -qs . "$(echo ../locks/*)"; do sleep 0.01; done
$ switchblade -b file:dev.bin --map btc reg write ID:SCRATCH 4 2>&1 | sed "s/file:[^ ]*dev/file:dev/; s/process $pid /process PID /; s/since [-0-9: ]*;/since TIME;/"; echo "exit ${PIPESTATUS[0]}"
$ switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH
$ switchblade --wait 50ms -b file:dev.bin --map btc reg write ID:SCRATCH 4 2>/dev/null; echo "exit $?"
$ switchblade --wait 30s -b file:dev.bin --map btc --raw reg write ID:SCRATCH 4 & waiter=$!
$ { kill -9 $pid; wait $pid; echo "holder $?"; wait $waiter; echo "waiter $?"; } 2>/dev/null
$ switchblade -b file:dev.bin --map btc --raw reg read ID:SCRATCH; switchblade -b file:dev.bin --map btc --raw reg write ID:SCRATCH 5
| switchblade: switch: file:dev.bin is in use by process PID (reg write BLADE[*]:IDENT_LO 1) since TIME; --wait 10s waits for it (busy)
| exit 7
| 0x00000003
| exit 7
| holder 137
| waiter 0
| 0x00000004

# Ctrl-C ends a wait; a folder that is not there is an error.
$ exec 9<>"$(echo ../locks/*)"; flock -x 9; timeout -s INT --preserve-status 0.2 switchblade --wait 30s -b file:dev.bin --map btc reg write ID:SCRATCH 6 2>&1 | sed 's/file:[^ ]*dev/file:dev/'; echo "exit ${PIPESTATUS[0]}"
| switchblade: switch: interrupted while waiting for file:dev.bin (interrupted)
| exit 1

$ SWITCHBLADE_LOCK_DIR=/no/such/folder switchblade -b file:dev.bin --map btc reg write ID:SCRATCH 7 2>&1 | sed 's/switchblade-[0-9a-f]*/switchblade-HASH/'; exit ${PIPESTATUS[0]}
| switchblade: switch: lock file '/no/such/folder/switchblade-HASH.lock': No such file or directory (no-device)
= 5
