# Test patterns and bit error ratios. On bench8 port 49 has a looped plug, ports 50 and 51 a cable
# between them, and the blades send no pattern.

$ cat >up; wc -l <up
> chip init
> link set board
| 2

$ cat up - >all; switchblade source all | sed '1,/51 *inter-chassis/d'
> serdes prbs 49 prbs31
> serdes prbs 50,51 prbs7
> serdes prbs 50
> serdes prbs 51 stop
> serdes prbs 50
> serdes prbs 0 prbs15
> serdes prbs 0 stop
| PORT  SERDES       LINE RATE bit/s  RUNNING  FOUND  VERDICT  ERRORS  AT END
|   49  SERDES10G_0      10312500000  yes      yes    pass          0  no
| PORT  SERDES       LINE RATE bit/s  RUNNING  FOUND  VERDICT     ERRORS  AT END
|   50  SERDES6G_20       3125000000  yes      no     no pattern       0  no
|   50  SERDES6G_21       3125000000  yes      no     no pattern       0  no
|   50  SERDES6G_22       3125000000  yes      no     no pattern       0  no
|   50  SERDES6G_23       3125000000  yes      no     no pattern       0  no
|   51  SERDES6G_8        3125000000  yes      yes    pass             0  no
|   51  SERDES6G_9        3125000000  yes      yes    pass             0  no
|   51  SERDES6G_10       3125000000  yes      yes    pass             0  no
|   51  SERDES6G_11       3125000000  yes      yes    pass             0  no
| PORT  SERDES       LINE RATE bit/s  RUNNING  FOUND  VERDICT  ERRORS  AT END
|   50  SERDES6G_20       3125000000  yes      yes    pass          0  no
|   50  SERDES6G_21       3125000000  yes      yes    pass          0  no
|   50  SERDES6G_22       3125000000  yes      yes    pass          0  no
|   50  SERDES6G_23       3125000000  yes      yes    pass          0  no
| PORT  SERDES       LINE RATE bit/s  RUNNING  FOUND  VERDICT  ERRORS  AT END
|   51  SERDES6G_8        3125000000  no       -      -             -  -
|   51  SERDES6G_9        3125000000  no       -      -             -  -
|   51  SERDES6G_10       3125000000  no       -      -             -  -
|   51  SERDES6G_11       3125000000  no       -      -             -  -
| PORT  SERDES       LINE RATE bit/s  RUNNING  FOUND  VERDICT     ERRORS  AT END
|   50  SERDES6G_20       3125000000  yes      no     no pattern       0  no
|   50  SERDES6G_21       3125000000  yes      no     no pattern       0  no
|   50  SERDES6G_22       3125000000  yes      no     no pattern       0  no
|   50  SERDES6G_23       3125000000  yes      no     no pattern       0  no
| PORT  SERDES      LINE RATE bit/s  RUNNING  FOUND  VERDICT     ERRORS  AT END
|    0  SERDES1G_1       1250000000  yes      no     no pattern       -  -
| PORT  SERDES      LINE RATE bit/s  RUNNING  FOUND  VERDICT  ERRORS  AT END
|    0  SERDES1G_1       1250000000  no       -      -             -  -

$ cat up - >all; switchblade source all | sed '1,/51 *inter-chassis/d'
> serdes ber 49 --target 1e-10
> serdes prbs 49
| port                         49
| pattern                      prbs31
| lanes                        1
| line rate of a lane (bit/s)  10312500000
| time (us)                    2904953
| bits                         29957327812
| errors                       0
| measured ratio               0
| confidence (%)               95
| ratio is below               1e-10
| target                       1e-10
| time the target needs (s)    2.9
| target reached               yes
| PORT  SERDES       LINE RATE bit/s  RUNNING  FOUND  VERDICT  ERRORS  AT END
|   49  SERDES10G_0      10312500000  no       -      -             -  -

$ cat up - >all; switchblade --raw source all | tail -1
> serdes ber 49 --pattern prbs7 --target 1e-9 --confidence 99
| 1e-09

$ cat up - >all; switchblade source all 2>&1 | sed '1,/51 *inter-chassis/d'
> serdes ber 0
> serdes ber 50
> serdes ber 49 --limit 10s
| switchblade: all:3: port 0: SERDES1G_1 tells only whether there were errors, it does not count them; `serdes prbs` shows pass or fail (not-supported)
| switchblade: all:4: port 50: SERDES6G_20 does not find the pattern: nothing sends it, or the line is dead (mismatch)
| port                         49
| pattern                      prbs31
| lanes                        1
| line rate of a lane (bit/s)  10312500000
| time (us)                    0
| bits                         0
| errors                       0
| measured ratio               0
| confidence (%)               95
| ratio is below               1
| target                       1e-12
| time the target needs (s)    290
| target reached               no
| the target needs 291 s without a further error, the limit is 10 s

# Mistakes.
$ switchblade serdes prbs 0 prbs8
! switchblade: 'prbs8' is no pattern: prbs7, prbs9, prbs11, prbs15, prbs23, prbs31 or fixed=BITS (syntax)
= 2

$ switchblade serdes prbs 49 fixed=0x100000
! switchblade: pattern: 0x100000 is outside 0 to 1048575 (range)
= 2

$ switchblade serdes ber 49 --target 2
! switchblade: the target of a bit error ratio is between 0 and 1 (range)
= 2

$ switchblade serdes ber 49 --confidence high
! switchblade: --confidence: 'high' is not a number (syntax)
= 2

$ switchblade serdes ber 49 --pattern fixed
! switchblade: only pseudo-random patterns are checked (not-supported)
= 1

$ switchblade serdes ber 60
! switchblade: port: 60 is outside 0 to 52 (range)
= 2

$ switchblade serdes ber 49
! switchblade: port 49 is not set up: `link set` gives it a mode (state)
= 1

$ switchblade serdes prbs 0-1
! switchblade: port 0 is not set up: `link set` gives it a mode (state)
= 1
