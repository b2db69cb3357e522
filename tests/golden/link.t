# `link show` and `link history`: states in detail, and what latched since the last look.

$ switchblade link show
| PORT  MODE  LINK  SIGNAL  SYNC
|    0  -     off   -       -
|    1  -     off   -       -
|    2  -     off   -       -
|    3  -     off   -       -
|    4  -     off   -       -
|    5  -     off   -       -
|    6  -     off   -       -
|    7  -     off   -       -
|   48  -     off   -       -
|   49  -     off   -       -
|   50  -     off   -       -
|   51  -     off   -       -

$ switchblade link history
| nothing happened since the last look

$ switchblade link show 0-60
! switchblade: port: 60 is outside 0 to 52 (range)
= 2

$ switchblade link show x
! switchblade: port: "x" is not a number (syntax)
= 2

$ switchblade --read-only link history 0
| nothing happened since the last look

$ cat >up; wc -l <up
> chip init
> link set board
> reg poll DEV10G[1]:PCS_XAUI_RX_STATUS.ALIGNMENT_STATUS==1 --timeout 100ms
| 3

$ cat >an; wc -l <an
> chip init
> link set 0 1000base-x --clause37=on
> link set 1 1000base-x
> reg poll DEV1G[0]:PCS1G_LINK_STATUS.LINK_STATUS==1 --timeout 100ms
| 4

$ cat up - >all; switchblade source all | sed '1,/^time in us/d'
> link show
> link history 48-51
> link history 48-51
| PORT  MODE        LINK  BECAUSE  SIGNAL  SYNC  ALIGNED  HIGH BER  FAULT  ANEG  FEC  BAD BLOCKS  DOWNS
|    0  1000base-x  up             yes     yes                             off                        0
|    1  1000base-x  up             yes     yes                             off                        0
|    2  1000base-x  up             yes     yes                             off                        0
|    3  1000base-x  up             yes     yes                             off                        0
|    4  1000base-x  up             yes     yes                             off                        0
|    5  1000base-x  up             yes     yes                             off                        0
|    6  1000base-x  up             yes     yes                             off                        0
|    7  1000base-x  up             yes     yes                             off                        0
|   48  sgmii       down  no sync  yes     no                              off                        0
|   49  10gbase-r   up             yes     yes            no        none         no            0
|   50  xaui        up             yes     yes   yes                none                       0
|   51  xaui        up             yes     yes   yes                none                       0
| PORT  MODE       EVENT         MEANING
|   49  10gbase-r  lock-changed  block lock was gained or lost
|   49  10gbase-r  local-fault   nothing usable was received
|   50  xaui       local-fault   nothing usable was received
|   51  xaui       local-fault   nothing usable was received
| nothing happened since the last look

$ cat an - >all; switchblade source all | sed '1,/^time in us/d'
> link show 0-2
> link history --keep 0-1
> link history 0-1
> link history 0-1
> port disable 1
> link show 0-1
> port enable 1
> link history 1
| PORT  MODE        LINK  SIGNAL  SYNC  ANEG      PARTNER                       DOWNS
|    0  1000base-x  up    yes     yes   complete  full duplex pause+asym-pause      0
|    1  1000base-x  up    yes     yes   off                                         0
|    2  -           off   -       -
| PORT  MODE        EVENT          MEANING
|    0  1000base-x  page-received  an auto-negotiation page was received
| PORT  MODE        EVENT          MEANING
|    0  1000base-x  page-received  an auto-negotiation page was received
| nothing happened since the last look
| PORT  ROLE     MODE        MBPS  STATE     SIGNAL  PAUSE  FRAME  TAGS
|    1  blade 2  1000base-x  1000  disabled  pin     off     1518     2
| PORT  MODE        LINK      SIGNAL  SYNC  ANEG      PARTNER                       DOWNS
|    0  1000base-x  up        yes     yes   complete  full duplex pause+asym-pause      0
|    1  -           disabled  -       -
| PORT  ROLE     MODE        MBPS  STATE    SIGNAL  PAUSE  FRAME  TAGS
|    1  blade 2  1000base-x  1000  enabled  pin     off     1518     2
| PORT  MODE        EVENT        MEANING
|    1  1000base-x  link-down    the link was down
|    1  1000base-x  sync-lost    synchronization to code groups was lost
|    1  1000base-x  signal-lost  signal detect was lost

$ cat an - >all; switchblade --json source all | grep -E 'link-(show|history)'
> link show 0-1
> link history 0
| {"schema":"switchblade/link-show/1","links":[{"port":0,"mode":"1000base-x","link":"up","reason":null,"signal":true,"sync":true,"aligned":null,"high_ber":null,"fault":null,"aneg":"complete","partner":"full duplex pause+asym-pause","partner_word":16800,"partner_word_hex":"0x41a0","fec":null,"fec_corrected":null,"fec_uncorrected":null,"n_bad":null,"n_down":0},{"port":1,"mode":"1000base-x","link":"up","reason":null,"signal":true,"sync":true,"aligned":null,"high_ber":null,"fault":null,"aneg":"off","partner":null,"partner_word":null,"fec":null,"fec_corrected":null,"fec_uncorrected":null,"n_bad":null,"n_down":0}]}
| {"schema":"switchblade/link-history/1","events":[{"port":0,"mode":"1000base-x","event":"page-received","meaning":"an auto-negotiation page was received","error":false}]}

# A PHY behind SGMII tells speed and link; a disabled port.

$ printf 'chip init\nlink set 0 sgmii --sgmii=auto\nreg poll DEV1G[0]:PCS1G_LINK_STATUS.LINK_STATUS==1 --timeout 100ms\nlink show 0\nport disable 0\nlink show 0\n' | switchblade source - | sed '1,/^time in us/d'
| PORT  MODE   LINK  SIGNAL  SYNC  ANEG      PARTNER         DOWNS
|    0  sgmii  up    yes     yes   complete  1G full duplex      0
| PORT  ROLE     MODE   MBPS  STATE     ANEG   SIGNAL  PAUSE  FRAME  TAGS
|    0  blade 1  sgmii  1000  disabled  sgmii  pin     off     1518     2
| PORT  MODE  LINK      SIGNAL  SYNC
|    0  -     disabled  -       -

# `link kr`: port 49 of the bench chassis has a loop, with which KR must not negotiate.

$ switchblade link kr 48
! switchblade: only ports 49 to 52 have 10GBASE-KR (not-supported)
= 1

$ switchblade link kr 49
! switchblade: port 49 is not set up in 10gbase-kr (state)
= 1

$ cat >kr; wc -l <kr
> chip init
> link set 49 10gbase-kr
> reg poll PCS10G_BR[0]:PCS_STATUS.RX_BLOCK_LOCK==1 --timeout 100ms
| 3

$ cat kr - >all; switchblade source all | sed '1,/^time in us/d'
> link kr 49
> link kr 49 --start --fec --timeout 200ms
> link kr 49 --end
> link kr 49 --start --end
| PORT  ANEG  STATE   COMPLETE  LOCK  TRAINING  PRE  MAIN  POST  FEC  CORRECTED  LOST
|   49  no    enable  no        yes   off         0     0     0  no           0     0
| PORT  ANEG  STATE           COMPLETE  BECAUSE                LOCK  TRAINING  PRE  MAIN  POST  FEC  CORRECTED  LOST
|   49  yes   ability-detect  no        the port hears itself  no    waiting     0     0     0  no           0     0
| PORT  ANEG  STATE   COMPLETE  BECAUSE                LOCK  TRAINING  PRE  MAIN  POST  FEC  CORRECTED  LOST
|   49  no    enable  no        the port hears itself  no    off         0     0     0  no           0     0
! switchblade: all:5: XGKR1[0]:AN_SM:AN_SM.AN_SM was not 0x7 within 200000 us, last 0x2 (ability-detect): the port hears itself (timeout)
! switchblade: all:7: --start and --end exclude each other (syntax)

$ cat kr - >all; switchblade --json source all | grep -a link-kr | tail -2
> link kr 49
| {"schema":"switchblade/link-kr/1","ports":[{"port":49,"enabled":false,"state":"enable","complete":false,"trouble":null,"partner":null,"partner_word":null,"block_lock":true,"training":"off","tap_pre":0,"tap_main":0,"tap_post":0,"fec_negotiated":false,"fec":false,"fec_corrected":0,"fec_uncorrected":0}]}

# Ports 50 and 51 are wired to each other: named together they train.

$ printf 'chip init\nlink set 50-51 10gbase-kr\nlink kr 50-51 --start --fec\nport show 50-51\nlink history 50-51\nlink kr 50-51\nlink kr 50 --start\n' | switchblade source - | sed '1,/^  51/d'
| PORT  ANEG  STATE  COMPLETE  PARTNER                      LOCK  TRAINING  PRE  MAIN  POST  FEC  CORRECTED  LOST
|   50  yes   good   yes       10gbase-kr, fec, fec wanted  yes   complete   62    20    56  yes          0     0
|   51  yes   good   yes       10gbase-kr, fec, fec wanted  yes   complete   62    20    56  yes          0     0
| PORT  ROLE           DEVICE     SERDES       MODE        SPEED  LINK  PARTNER                      SINCE LAST LOOK
|   50  inter-chassis  DEV10G[1]  SERDES10G_1  10gbase-kr    10G  up    10gbase-kr, fec, fec wanted  local-fault
|   51  inter-chassis  DEV10G[2]  SERDES10G_2  10gbase-kr    10G  up    10gbase-kr, fec, fec wanted  local-fault
| nothing happened since the last look
| PORT  ANEG  STATE  COMPLETE  PARTNER                      LOCK  TRAINING  PRE  MAIN  POST  FEC  CORRECTED  LOST
|   50  yes   good   yes       10gbase-kr, fec, fec wanted  yes   complete   62    20    56  yes          0     0
|   51  yes   good   yes       10gbase-kr, fec, fec wanted  yes   complete   62    20    56  yes          0     0
| PORT  ANEG  STATE     COMPLETE  PARTNER                      LOCK  TRAINING  PRE  MAIN  POST  FEC  CORRECTED  LOST
|   50  yes   training  no        10gbase-kr, fec, fec wanted  no    failed     62    20    56  yes          0     0
! switchblade: stdin:7: XGKR0[1]:KR_1X0097:KR_1X0097.TR_FAIL is set after 568000 us: training did not end within its max_wait_timer of 500 ms (after 1 register write) (timeout)

$ switchblade link history x
! switchblade: port: "x" is not a number (syntax)
= 2
