# Sharing devices: serve, unix: and ssh:. Process numbers and times are taken out.

$ switchblade serve
! switchblade: serve needs one of --listen PATH and --stdio (syntax)
= 2

$ switchblade serve --listen s.sock --stdio
! switchblade: serve needs one of --listen PATH and --stdio (syntax)
= 2

$ switchblade serve --listen s.sock --mode 888
! switchblade: --mode: "888" is not like 600 or 660 (syntax)
= 2

$ switchblade serve --listen s.sock --clients 0
! switchblade: --clients: 0 is outside 1 to 4096 (range)
= 2

$ switchblade --dry-run serve --listen s.sock
! switchblade: serve has no --dry-run: give it to the clients (syntax)
= 2

$ switchblade --json serve --stdio
| {"schema":"switchblade/error/1","error":{"code":"syntax","message":"serve --stdio: standard output belongs to the client, not to the shell, --json or --raw"}}
! switchblade: serve --stdio: standard output belongs to the client, not to the shell, --json or --raw (syntax)
= 2

$ switchblade serve --listen no/such/folder/s.sock
! switchblade: socket 'no/such/folder/s.sock': No such file or directory (no-device)
= 5

$ switchblade serve --listen 0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789.sock
! switchblade: socket '0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789.sock': the path of a socket has at most 107 characters (range)
= 2

$ echo kept >file.sock; switchblade serve --listen file.sock; cat file.sock
| kept
! switchblade: socket 'file.sock': something else is there, which stays (no-device)

$ switchblade -b file:none.bin --map btc serve --listen s.sock; ls s.sock
! switchblade: switch: file:none.bin: No such file or directory (no-device)
! ls: cannot access 's.sock': No such file or directory
= 2

# Nobody comes: the socket is there while it runs, and gone after.
$ switchblade serve --listen s.sock --idle 20ms; ls s.sock
| DEVICE  MAP      BUS    CLIENTS USE
| switch  vsc7448  mock:  unix:s.sock,device=switch
| btc     btc      mock:  unix:s.sock,device=btc
| clients            0
| of them sent away  0
| batches            0
| operations         0
| leases             0
| of them run out    0
! ls: cannot access 's.sock': No such file or directory
= 2

$ switchblade --json -b mock: serve --listen s.sock --idle 20ms
| {"schema":"switchblade/serve/1","devices":[{"device":"switch","map":"vsc7448","bus":"mock:","uri":"unix:s.sock,device=switch"}]}
| {"schema":"switchblade/serve/1","clients":0,"dropped":0,"batches":0,"operations":0,"leases":0,"lapsed":0}

# Client and server.
$ switchblade serve --listen s.sock --mode 640 >server.out & pid=$!; while [ ! -s server.out ]; do sleep 0.01; done; stat -c %a s.sock
$ switchblade -b unix:s.sock --raw reg read CHIP_ID
$ switchblade -b unix:s.sock reg set 'DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000'
$ switchblade -b unix:s.sock,device=btc --map btc --raw reg read ID:SCRATCH
$ switchblade -b unix:s.sock --map btc --raw reg read ID:SCRATCH
$ switchblade -b unix:s.sock,device=nix reg read CHIP_ID
$ switchblade -b unix:s.sock,device=btc reg read CHIP_ID
$ switchblade -b unix:s.sock --map rocker reg read TEST_REG
$ switchblade serve --listen s.sock 2>&1 | sed 's/[0-9]\{2,\}/N/g; s,unix:/.*/,unix:/,'
$ switchblade -b unix:s.sock bus info | head -2
$ kill $pid; wait $pid; echo "exit $?"; grep -v CLIENTS server.out | sed 's/[0-9][0-9]*/N/'; ls s.sock
| 640
| 0x374680e9
| FIELD                                           OLD          NEW            REGISTER
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL  0x0 MBPS_10  0x2 MBPS_1000  0x00000000 -> 0x00200000
| 0x00000000
| 0x00000000
| switchblade: unix:/s.sock is in use by process N (serve) since N-N-N N:N:N; --wait Ns waits for it (busy)
| DEVICE  BUS          MAP          WINDOW     BYTES  STATE
| switch  unix:s.sock  vsc7448  0x70000000  33554432  open
| exit 0
| switch  vscN  mock:  unix:s.sock,device=switch
| btc     btc      mock:  unix:s.sock,device=btc
| clients            N
| of them sent away  N
| batches            N
| operations         N
| leases             N
| of them run out    N
! switchblade: switch: unix:s.sock: no device 'nix' there; there are switch (vsc7448), btc (btc) (not-found)
! switchblade: switch: unix:s.sock: device btc has the map btc there, not vsc7448; --map chooses another (mismatch)
! switchblade: switch: unix:s.sock: no device with the map rocker there; there are switch (vsc7448), btc (btc) (mismatch)
! ls: cannot access 's.sock': No such file or directory
= 2

# The server of before is dead and has left its socket.
$ switchblade -b mock: serve --listen old.sock >old.out & pid=$!; while [ ! -s old.out ]; do sleep 0.01; done; kill -9 $pid; wait $pid 2>/dev/null; ls old.sock
$ switchblade -b unix:old.sock reg read CHIP_ID
$ switchblade -b mock: serve --listen old.sock --idle 20ms >/dev/null; ls old.sock
| old.sock
! switchblade: switch: unix:old.sock: no server listens there; start `switchblade serve --listen old.sock` (no-device)
! ls: cannot access 'old.sock': No such file or directory
= 2

# A server that refuses writes.
$ switchblade --read-only -b mock: serve --listen ro.sock >ro.out & pid=$!; while [ ! -s ro.out ]; do sleep 0.01; done
$ switchblade -b unix:ro.sock reg write DEVCPU_GCB:GPR 1
$ switchblade -b unix:ro.sock --raw reg read CHIP_ID
$ kill -INT $pid; wait $pid; echo "exit $?"
| 0x374680e9
| exit 0
! switchblade: DEVCPU_GCB:CHIP_REGS:GPR: write 0x71010004: refused, the bus is read-only (policy)

# What cannot be a bus.
$ switchblade -b unix: reg read CHIP_ID
$ switchblade -b unix:none.sock reg read CHIP_ID
$ switchblade -b unix:none.sock,nix=1 reg read CHIP_ID
$ switchblade -b ssh:bench reg read CHIP_ID
$ switchblade -b ssh:,mock: reg read CHIP_ID
$ switchblade -b ssh:-oProxyCommand=x,mock: reg read CHIP_ID
$ switchblade -b ssh:bench,port=0,mock: reg read CHIP_ID
! switchblade: switch: unix: needs a path (syntax)
! switchblade: switch: unix:none.sock: no server listens there; start `switchblade serve --listen none.sock` (no-device)
! switchblade: switch: unix: unknown parameter 'nix' (known: device) (syntax)
! switchblade: switch: ssh: needs a host and a bus: ssh:HOST,URI (syntax)
! switchblade: switch: ssh: needs a host and a bus: ssh:HOST,URI (syntax)
! switchblade: switch: ssh: '-oProxyCommand=x' is not a host (syntax)
! switchblade: switch: ssh: port=0: want a number from 1 to 65535 (range)
= 2
