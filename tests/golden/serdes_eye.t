# The eye of a 10G receiver. The shape is the model's own: an ellipse whose edge is noisy.

$ switchblade serdes eye 49
| port                      49
| data phase                0
| left edge (phase)         -34
| right edge (phase)        34
| bottom edge (threshold)   14
| top edge (threshold)      49
| width (phase codes)       67
| height (threshold codes)  34
| errors that make an edge  0

$ switchblade --raw serdes eye 50
| 67
| 34

$ switchblade --json serdes eye 49 --limit 10
| {
|   "schema": "switchblade/serdes-eye/1",
|   "port": 49,
|   "data_phase": 0,
|   "left": -35.0,
|   "right": 36.0,
|   "bottom": 13.0,
|   "top": 50.0,
|   "width_codes": 70,
|   "height_codes": 36,
|   "limit": 10
| }

$ switchblade serdes eye 49 --full --step 2 --words 10
| port                   49
| data phase             0
| words per point        1024
| points                 2048
| points without errors  456
| thr. +----------------------------------------------------------------+
|   62 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@#######@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@####+++++++++++####@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@##++::..    |     .::++##@@@@@@@@@@@@@@@@@@@|
|   46 |@@@@@@@@@@@@@@@@@@##+::         |         ::+##@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@##+:.           |           .:+##@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@#++:             |             .++#@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@#+:.              |              .:+#@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@##+.               |               .+##@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@#+:                |                :+#@@@@@@@@@@@@|
|      |@@@@@@@@@@@@##+.                |                .+##@@@@@@@@@@@|
|      |@@@@@@@@@@@@##+.                |                .+##@@@@@@@@@@@|
|   30 |@@@@@@@@@@@@##+.----------------|----------------.+##@@@@@@@@@@@|
|      |@@@@@@@@@@@@##+:                |                :+##@@@@@@@@@@@|
|      |@@@@@@@@@@@@@#+:.               |               .:+#@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@##+:               |               :+##@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@##+:              |              :+##@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@##+:.            |            .:+##@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@##+:.          |          .:+##@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@##++:.       |       .:++##@@@@@@@@@@@@@@@@@@|
|   14 |@@@@@@@@@@@@@@@@@@@@@###+++:::.....:::+++###@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@###############@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|    0 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
|      +----------------------------------------------------------------+
|       phase 64 to 62 around 0, where the receiver samples
|       wrong bits: blank none, . some, : over 1e-4, + 1e-3, # 1e-2, @ 1e-1

$ switchblade --json serdes eye 49 --full --step 32 --words 4 | head -12
| {
|   "schema": "switchblade/serdes-eye/1",
|   "port": 49,
|   "data_phase": 0,
|   "words": 16,
|   "n_points": 8,
|   "n_open_points": 3,
|   "points": [
|     {"phase": 0, "threshold": 0, "errors": 519},
|     {"phase": 0, "threshold": 31, "errors": 0},
|     {"phase": 32, "threshold": 0, "errors": 521},
|     {"phase": 32, "threshold": 31, "errors": 0},

$ switchblade serdes eye 49 --full --step 8 --svg eye.svg | head -5; head -c 300 eye.svg; grep -c '<rect' eye.svg; tail -1 eye.svg
| port                   49
| data phase             0
| words per point        8192
| points                 128
| points without errors  25
| <?xml version="1.0" encoding="UTF-8"?>
| <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="840" height="476" font-family="sans-serif" font-size="12" fill="#0f172a">
| <rect width="100%" height="100%" fill="#ffffff"/>
| <text x="60" y="28" font-size="16">Eye of port 49, 8192 words per point</tex110
| </svg>

# Mistakes.
$ switchblade serdes eye 48
! switchblade: port 48 has no eye scope: ports 49 to 52 have (range)
= 2

$ switchblade serdes eye 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade serdes eye 49 --svg eye.svg
! switchblade: --step, --svg and --words go with --full (syntax)
= 2

$ switchblade serdes eye 49 --full --limit 3
! switchblade: --limit is for edges, without --full (syntax)
= 2

$ switchblade serdes eye 49 --full --step 33
! switchblade: --step: 33 is outside 1 to 32 (range)
= 2

$ switchblade serdes eye 49 --full --step 8 --svg /no/such/folder/eye.svg | tail -3
|      +----------------+
|       phase 64 to 56 around 0, where the receiver samples
|       wrong bits: blank none, . some, : over 1e-4, + 1e-3, # 1e-2, @ 1e-1
! switchblade: /no/such/folder/eye.svg: cannot be created: No such file or directory (no-device)

$ switchblade --read-only serdes eye 49
! switchblade: port 49: XGDIG[0]:SD10G65_VSCOPE2:VSCOPE_MAIN_CFG: write 0x714c00b0: refused, the bus is read-only; what the eye scope changed could not be put back (policy)
= 8

$ printf 'reg set HW_CFG.DEV10G_0_MODE=XAUI\nserdes eye 49\n' | switchblade shell
| FIELD                                 OLD      NEW       REGISTER
| HSIO:HW_CFGSTAT:HW_CFG.DEV10G_0_MODE  0x0 SFI  0x1 XAUI  0x00000000 -> 0x00001000
! switchblade: stdin:2: port 49 is not in SFI: the eye scope sees 10GBASE-R and 10GBASE-KR only (state)
= 1
