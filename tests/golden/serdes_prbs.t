# Test patterns and bit error ratios.

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
