# `port show`: the board's ports before anything is set up, then as the board file says, and what
# went wrong since the last look, told once.

$ switchblade port show
| PORT  ROLE           DEVICE      SERDES  MODE  CODING  SPEED  LINK
|    0  blade 1        DEV1G[0]            -     idle2       -  off
|    1  blade 2        DEV1G[1]            -     idle2       -  off
|    2  blade 3        DEV1G[2]            -     idle2       -  off
|    3  blade 4        DEV1G[3]            -     idle2       -  off
|    4  blade 5        DEV1G[4]            -     idle2       -  off
|    5  blade 6        DEV1G[5]            -     idle2       -  off
|    6  blade 7        DEV1G[6]            -     idle2       -  off
|    7  blade 8        DEV1G[7]            -     idle2       -  off
|   48  management     DEV2G5[24]          -                 -  off
|   49  external       DEV10G[0]           -                 -  off
|   50  inter-chassis  DEV10G[1]           -                 -  off
|   51  inter-chassis  DEV10G[2]           -                 -  off

$ switchblade port show 8-9,52
| PORT  DEVICE     SERDES  MODE  SPEED  LINK
|    8  DEV2G5[0]          -         -  off
|    9  DEV2G5[1]          -         -  off
|   52  DEV10G[3]          -         -  off

$ switchblade --raw port show 0-1
| 0	off
| 1	off

$ switchblade port show 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade port show x
! switchblade: port: "x" is not a number (syntax)
= 2

$ cat >up; wc -l <up
> chip init
> link set board
> reg poll DEV10G[1]:PCS_XAUI_RX_STATUS.ALIGNMENT_STATUS==1 --timeout 100ms
| 3

$ cat up - >all; switchblade source all | sed '1,/^time in us/d'
> port show
> port show
| PORT  ROLE           DEVICE      SERDES          MODE        CODING  SPEED  LINK  BECAUSE  SINCE LAST LOOK
|    0  blade 1        DEV1G[0]    SERDES1G_1      1000base-x  idle2      1G  up
|    1  blade 2        DEV1G[1]    SERDES1G_2      1000base-x  idle2      1G  up
|    2  blade 3        DEV1G[2]    SERDES1G_3      1000base-x  idle2      1G  up
|    3  blade 4        DEV1G[3]    SERDES1G_4      1000base-x  idle2      1G  up
|    4  blade 5        DEV1G[4]    SERDES1G_5      1000base-x  idle2      1G  up
|    5  blade 6        DEV1G[5]    SERDES1G_6      1000base-x  idle2      1G  up
|    6  blade 7        DEV1G[6]    SERDES1G_7      1000base-x  idle2      1G  up
|    7  blade 8        DEV1G[7]    SERDES1G_8      1000base-x  idle2      1G  up
|   48  management     DEV2G5[24]  SERDES1G_0      sgmii                  1G  down  no sync
|   49  external       DEV10G[0]   SERDES10G_0     10gbase-r             10G  up             local-fault
|   50  inter-chassis  DEV10G[1]   SERDES6G_20-23  xaui                  10G  up             local-fault
|   51  inter-chassis  DEV10G[2]   SERDES6G_8-11   xaui                  10G  up             local-fault
| PORT  ROLE           DEVICE      SERDES          MODE        CODING  SPEED  LINK  BECAUSE
|    0  blade 1        DEV1G[0]    SERDES1G_1      1000base-x  idle2      1G  up
|    1  blade 2        DEV1G[1]    SERDES1G_2      1000base-x  idle2      1G  up
|    2  blade 3        DEV1G[2]    SERDES1G_3      1000base-x  idle2      1G  up
|    3  blade 4        DEV1G[3]    SERDES1G_4      1000base-x  idle2      1G  up
|    4  blade 5        DEV1G[4]    SERDES1G_5      1000base-x  idle2      1G  up
|    5  blade 6        DEV1G[5]    SERDES1G_6      1000base-x  idle2      1G  up
|    6  blade 7        DEV1G[6]    SERDES1G_7      1000base-x  idle2      1G  up
|    7  blade 8        DEV1G[7]    SERDES1G_8      1000base-x  idle2      1G  up
|   48  management     DEV2G5[24]  SERDES1G_0      sgmii                  1G  down  no sync
|   49  external       DEV10G[0]   SERDES10G_0     10gbase-r             10G  up
|   50  inter-chassis  DEV10G[1]   SERDES6G_20-23  xaui                  10G  up
|   51  inter-chassis  DEV10G[2]   SERDES6G_8-11   xaui                  10G  up

# A blade's port is silenced and comes back.

$ cat up - >all; switchblade source all | sed '1,/^time in us/d'
> port show 0-1
> port disable 1
> port show 0-1
> port enable 1
> reg poll DEV1G[1]:PCS1G_LINK_STATUS.LINK_STATUS==1 --timeout 10ms
> port show --keep 0-1
> port show 0-1
> port show 0-1
| PORT  ROLE     DEVICE    SERDES      MODE        CODING  SPEED  LINK
|    0  blade 1  DEV1G[0]  SERDES1G_1  1000base-x  idle2      1G  up
|    1  blade 2  DEV1G[1]  SERDES1G_2  1000base-x  idle2      1G  up
| PORT  ROLE     MODE        MBPS  STATE     SIGNAL  PAUSE  FRAME  TAGS
|    1  blade 2  1000base-x  1000  disabled  pin     off     1518     2
| PORT  ROLE     DEVICE    SERDES      MODE        CODING  SPEED  LINK
|    0  blade 1  DEV1G[0]  SERDES1G_1  1000base-x  idle2      1G  up
|    1  blade 2  DEV1G[1]              -           idle2       -  disabled
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    1  blade 2  1000base-x  1000  enabled  pin     off     1518     2
| DEV1G[1]:PCS1G_CFG_STATUS:PCS1G_LINK_STATUS.LINK_STATUS
| value       0x1
| time in us  10000
| PORT  ROLE     DEVICE    SERDES      MODE        CODING  SPEED  LINK  SINCE LAST LOOK
|    0  blade 1  DEV1G[0]  SERDES1G_1  1000base-x  idle2      1G  up
|    1  blade 2  DEV1G[1]  SERDES1G_2  1000base-x  idle2      1G  up    link-down, sync-lost, signal-lost
| PORT  ROLE     DEVICE    SERDES      MODE        CODING  SPEED  LINK  SINCE LAST LOOK
|    0  blade 1  DEV1G[0]  SERDES1G_1  1000base-x  idle2      1G  up
|    1  blade 2  DEV1G[1]  SERDES1G_2  1000base-x  idle2      1G  up    link-down, sync-lost, signal-lost
| PORT  ROLE     DEVICE    SERDES      MODE        CODING  SPEED  LINK
|    0  blade 1  DEV1G[0]  SERDES1G_1  1000base-x  idle2      1G  up
|    1  blade 2  DEV1G[1]  SERDES1G_2  1000base-x  idle2      1G  up

$ cat up - >all; switchblade --json source all | grep port-show
> port show 0-1,50
| {"schema":"switchblade/port-show/1","ports":[{"port":0,"role":"blade 1","device":"DEV1G[0]","serdes":"SERDES1G_1","mode":"1000base-x","coding":"idle2","mbps":1000,"link":"up","reason":null,"partner":null,"n_errors":0,"errors":"","set_up":true},{"port":1,"role":"blade 2","device":"DEV1G[1]","serdes":"SERDES1G_2","mode":"1000base-x","coding":"idle2","mbps":1000,"link":"up","reason":null,"partner":null,"n_errors":0,"errors":"","set_up":true},{"port":50,"role":"inter-chassis","device":"DEV10G[1]","serdes":"SERDES6G_20-23","mode":"xaui","coding":null,"mbps":10000,"link":"up","reason":null,"partner":null,"n_errors":1,"errors":"local-fault","set_up":true}]}

$ cat up - >all; switchblade --color=always source all | sed '1,/^time in us/d'
> port show 0,48
| PORT  ROLE        DEVICE      SERDES      MODE        CODING  SPEED  LINK  BECAUSE
| [1m   0[0m  blade 1     DEV1G[0]    SERDES1G_1  1000base-x  idle2      1G  [32mup  [0m
| [1m  48[0m  management  DEV2G5[24]  SERDES1G_0  sgmii                  1G  [31mdown[0m  no sync

$ cat up - >all; switchblade --raw source all | tail -1
> port show 49
| 49	up

