# Counters of the switch chip's ports.

$ switchblade -b mock: counters show
| every counter is zero

$ switchblade -b mock: shell
> reg write ASM:DEV_STATISTICS[0]:RX_UC_CNT 7 --raw
> reg write ASM:DEV_STATISTICS[0]:RX_OK_BYTES_MSB_CNT 1 --raw
> reg write ASM:DEV_STATISTICS[2]:RX_CRC_ERR_CNT 0xffffffff --raw
> counters show
> counters show 2 --raw
> counters clear 0-2
> counters show 0-7
> reg write ASM:DEV_STATISTICS[0]:RX_UC_CNT 10 --raw
> reg write ASM:DEV_STATISTICS[2]:RX_CRC_ERR_CNT 4 --raw
> counters show 0-7 --rate --every 500ms
> --json counters show 0
| PORT  COUNTER                KIND         COUNT
|    0  rx_ifInOctets          octets  4294967296
|    0  rx_ifInUcastPkts       frames           7
|    2  rx_dot3StatsFCSErrors  errors  4294967295
| rx_dot3StatsFCSErrors	4294967295
| Ports  0-2
| every counter is zero
| PORT  COUNTER                KIND    COUNT  PER SECOND
|    0  rx_ifInUcastPkts       frames      3           0
|    2  rx_dot3StatsFCSErrors  errors      5           0
| {"schema":"switchblade/counters-show/1","interval_us":null,"counters":[{"port":0,"counter":"rx_ifInUcastPkts","kind":"frames","count":3,"per_second":null,"raw":10}]}

# A 10G port counts in its own block, where there are no collisions.
$ switchblade -b mock: shell
> reg write ASM:CFG:PORT_CFG[49] 0x800 --raw
> reg write DEV10G[0]:DEV_STATISTICS_32BIT:RX_XGMII_PROT_ERR_CNT 3 --raw
> counters show 49
> counters show 49 --all
| PORT  COUNTER                 KIND    COUNT
|   49  rx_xgmiiProtocolErrors  errors      3
| PORT  COUNTER                            KIND    COUNT
|   49  rx_ifInOctets                      octets      0
|   49  rx_octetsOnWire                    octets      0
|   49  rx_octetsInErrors                  octets      0
|   49  rx_ifInUcastPkts                   frames      0
|   49  rx_ifInMulticastPkts               frames      0
|   49  rx_ifInBroadcastPkts               frames      0
|   49  rx_dot3InPauseFrames               frames      0
|   49  rx_dot3ControlInUnknownOpcodes     frames      0
|   49  rx_dot3StatsSymbolErrors           errors      0
|   49  rx_dot3StatsFCSErrors              errors      0
|   49  rx_etherStatsUndersizePkts         errors      0
|   49  rx_etherStatsFragments             errors      0
|   49  rx_aInRangeLengthErrors            errors      0
|   49  rx_aOutOfRangeLengthField          errors      0
|   49  rx_etherStatsOversizePkts          errors      0
|   49  rx_etherStatsJabbers               errors      0
|   49  rx_etherStatsPkts64Octets          frames      0
|   49  rx_etherStatsPkts65to127Octets     frames      0
|   49  rx_etherStatsPkts128to255Octets    frames      0
|   49  rx_etherStatsPkts256to511Octets    frames      0
|   49  rx_etherStatsPkts512to1023Octets   frames      0
|   49  rx_etherStatsPkts1024to1518Octets  frames      0
|   49  rx_etherStatsPkts1519toMaxOctets   frames      0
|   49  rx_ipgShrink                       errors      0
|   49  rx_alignmentLost                   errors      0
|   49  rx_taggedPkts                      frames      0
|   49  rx_untaggedPkts                    frames      0
|   49  rx_hihChecksumErrors               errors      0
|   49  rx_xgmiiProtocolErrors             errors      3
|   49  tx_ifOutOctets                     octets      0
|   49  tx_octetsOnWire                    octets      0
|   49  tx_ifOutUcastPkts                  frames      0
|   49  tx_ifOutMulticastPkts              frames      0
|   49  tx_ifOutBroadcastPkts              frames      0
|   49  tx_dot3OutPauseFrames              frames      0
|   49  tx_etherStatsPkts64Octets          frames      0
|   49  tx_etherStatsPkts65to127Octets     frames      0
|   49  tx_etherStatsPkts128to255Octets    frames      0
|   49  tx_etherStatsPkts256to511Octets    frames      0
|   49  tx_etherStatsPkts512to1023Octets   frames      0
|   49  tx_etherStatsPkts1024to1518Octets  frames      0
|   49  tx_etherStatsPkts1519toMaxOctets   frames      0
|   49  tx_taggedPkts                      frames      0
|   49  tx_untaggedPkts                    frames      0
|   49  rx_ifInDiscards                    drops       0
|   49  rx_policerDrops                    drops       0
|   49  rx_queueDropsClass0                drops       0
|   49  rx_queueDropsClass1                drops       0
|   49  rx_queueDropsClass2                drops       0
|   49  rx_queueDropsClass3                drops       0
|   49  rx_queueDropsClass4                drops       0
|   49  rx_queueDropsClass5                drops       0
|   49  rx_queueDropsClass6                drops       0
|   49  rx_queueDropsClass7                drops       0
|   49  tx_framesClass0                    frames      0
|   49  tx_framesClass1                    frames      0
|   49  tx_framesClass2                    frames      0
|   49  tx_framesClass3                    frames      0
|   49  tx_framesClass4                    frames      0
|   49  tx_framesClass5                    frames      0
|   49  tx_framesClass6                    frames      0
|   49  tx_framesClass7                    frames      0

$ switchblade -b mock: counters show 0 --watch --count 2
| every counter is zero
| every counter is zero

$ switchblade -b mock: counters show 99
! switchblade: port: 99 is outside 0 to 52 (range)
= 2

$ switchblade -b mock: counters show none
! switchblade: no ports (syntax)
= 2

$ switchblade -b mock: counters show 0 --every 1
! switchblade: --every: "1" is not a duration: a number and us, ms, s or m, like 500ms (syntax)
= 2

$ switchblade -b mock: counters clear 0 1
! switchblade: counters clear: too many operands; usage: counters clear [PORTS] (syntax)
= 2

$ switchblade -b fault:after=5,mock: counters show 0
! switchblade: ASM:DEV_STATISTICS[0]:RX_IN_BYTES_MSB_CNT: read 0x714100c4: injected fault: I/O error at access 5 (seed 1) (io)
= 1
