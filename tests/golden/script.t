# Scripts: one command per line, from a file or standard input.

$ switchblade shell
> # a comment
>
>   reg read 'CHIP_ID'   # and another
> reg write ID:SCRATCH "0x10"
> reg read ID:SCRATCH.SCRATCH
| DEVCPU_GCB:CHIP_REGS:CHIP_ID = 0x374680e9
|  BITS  FIELD     VALUE
| 31:28  REV_ID      0x3
| 27:12  PART_ID  0x7468
|  11:1  MFG_ID     0x74
|     0  ONE         0x1
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x00000010
| NAME                       ADDRESS  VALUE
| btc/ID:SCRATCH.SCRATCH  0x0000000c   0x10

# JSON comes as one line per command.
$ switchblade --json shell
> reg read ID:MAGIC
> reg read ID:NOPE
> reg write ID:SCRATCH 1
| {"schema":"switchblade/reg-read/1","registers":[{"device":"btc","path":"ID:MAGIC","address":0,"address_hex":"0x00000000","lsb":0,"width_bits":32,"value":1112818481,"value_hex":"0x42544331","enumerator":null,"fields":[{"name":"MAGIC","lsb":0,"width_bits":32,"value":1112818481,"value_hex":"0x42544331","enumerator":null}]}],"left_out":[]}
| {"schema":"switchblade/error/1","error":{"code":"not-found","message":"stdin:2: no register ID:NOPE"}}
| {"schema":"switchblade/reg-write/1","writes":[{"device":"btc","path":"ID:SCRATCH","address":12,"address_hex":"0x0000000c","value":1,"value_hex":"0x00000001","status":"done"}]}
! switchblade: stdin:2: no register ID:NOPE (not-found)
= 4

# The exit status is that of the first failure; -e stops there.
$ switchblade shell
> reg read NOPE
> reg raed
> reg read ID:MAGIC --raw
| 0x42544331
! switchblade: stdin:1: no register NOPE (not-found)
! switchblade: stdin:2: unknown command "reg raed"; did you mean reg read? (syntax)
= 4

$ switchblade -e shell
> reg read ID:MAGIC --raw
> reg raed
> reg read ID:MAGIC --raw
| 0x42544331
! switchblade: stdin:2: unknown command "reg raed"; did you mean reg read? (syntax)
= 2

$ switchblade shell
> reg read ID:MAGIC --raw
> quit
> reg read ID:MAGIC --raw
| 0x42544331

$ printf 'reg read ID:MAGIC --raw' | switchblade shell
| 0x42544331

$ printf 'reg read "ID:MAGIC' | switchblade shell
! switchblade: stdin:1: no closing " (syntax)
= 2

$ printf 'reg read ID:MAGIC --raw\\' | switchblade shell
! switchblade: stdin:1: a backslash ends the line (syntax)
= 2

$ switchblade shell </dev/null

$ printf 'reg write ID:SCRATCH 0x77\nreg read ID:SCRATCH --raw\n' > a.sb; printf 'source a.sb\nreg read ID:SCRATCH --raw\n' > b.sb

$ switchblade source a.sb
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x00000077
| 0x00000077

$ switchblade source b.sb
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x00000077
| 0x00000077
| 0x00000077

$ switchblade source - < b.sb
| WRITTEN            ADDRESS       VALUE
| btc/ID:SCRATCH  0x0000000c  0x00000077
| 0x00000077
| 0x00000077

$ switchblade source missing.sb
! switchblade: missing.sb: No such file or directory (no-device)
= 5

$ printf 'source self.sb\n' > self.sb; switchblade source self.sb
! switchblade: self.sb:1: self.sb: source inside source, 8 deep (syntax)
= 2

$ switchblade source
! switchblade: source: too few operands; usage: source FILE|- (syntax)
= 2

$ printf 'shell\n' | switchblade shell
! switchblade: stdin:1: this is a shell already (state)
= 1

# Options that say how devices are opened count from the start.
$ printf 'reg read ID:MAGIC -b mock:\n' | switchblade shell
! switchblade: stdin:1: --bus counts from the start: give it to switchblade itself, not to a command in the shell (syntax)
= 2

# A pattern in a script needs a yes: of the line, or of the whole run.
$ switchblade shell
> reg write 'DEV1G[0-1]:DEV_RST_CTRL' 1
> reg write 'DEV1G[0-1]:DEV_RST_CTRL' 1 --yes
| WRITTEN                                  ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00000001
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71050000  0x00000001
! switchblade: stdin:1: writing a pattern (2 matches) needs --yes: there is no terminal to ask on (policy)
= 8

$ printf 'reg write DEV1G[0-1]:DEV_RST_CTRL 1\n' | switchblade --yes source -
| WRITTEN                                  ADDRESS       VALUE
| DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71040000  0x00000001
| DEV1G[1]:DEV_CFG_STATUS:DEV_RST_CTRL  0x71050000  0x00000001

# A faulty device does not end the shell.
$ switchblade -b fault:after=2,mock: shell
> reg read CHIP_ID --raw
> reg read CHIP_ID --raw
> reg read CHIP_ID --raw
| 0x374680e9
| 0x374680e9
! switchblade: stdin:2: DEVCPU_GCB:CHIP_REGS:CHIP_ID: read 0x71010000: injected fault: I/O error at access 2 (seed 1) (io)
= 1

# Bytes that are no text.
$ printf 'reg read \xff\xfe\n\0\nreg read ID:MAGIC --raw\n' | switchblade shell
| 0x42544331
! switchblade: stdin:1: ÿþ: name expected at position 1 (syntax)
= 2

$ printf 'reg read \xff\n' | switchblade --json shell 2>/dev/null
| {"schema":"switchblade/error/1","error":{"code":"syntax","message":"stdin:1: ï¿½: name expected at position 1"}}
= 2

# A backslash at the end goes on in the next line; errors count lines as the file does.
$ switchblade shell
> reg read \
>   ID:MAGIC --raw
> # a comment does not \
> reg read ID:NOPE
> --raw reg read ID:MAGIC
> exit 3
| 0x42544331
| 0x42544331
! switchblade: stdin:4: no register ID:NOPE (not-found)
= 4

$ printf 'exit 3\n' | switchblade shell
= 3

$ printf 'reg read ID:MAGIC --raw \\' | switchblade shell
! switchblade: stdin:1: a backslash ends the line (syntax)
= 2

$ printf 'exit now\n' | switchblade shell
! switchblade: stdin:1: unknown command "exit"; `switchblade help` lists them (syntax)
= 2
