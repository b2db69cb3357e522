# Ordered sets on the bench chassis: ports 50 and 51 are wired to each other (XAUI), port 49 has a
# loop (10GBASE-R).

$ switchblade oset show
| no port is in XAUI, RXAUI or 10GBASE-R

$ switchblade oset send 50 0x123456
! switchblade: port 50 is not set up (state)
= 1

$ switchblade oset send 50 0x1000000
! switchblade: word: 0x1000000 is outside 0 to 16777215 (range)
= 2

$ switchblade oset send 53 1
! switchblade: port: 53 is outside 0 to 52 (range)
= 2

$ switchblade -n oset send 50 1
! switchblade: 0x000001 is a link fault to the partner: it would take the link down (range)
= 2

$ switchblade oset watch 0
! switchblade: port 0 is not set up (state)
= 1

$ cat >up; wc -l <up
> chip init
> link set board
> reg poll DEV10G[1]:PCS_XAUI_RX_STATUS.ALIGNMENT_STATUS==1 --timeout 100ms
| 3

$ cat up - >all; switchblade source all | sed '1,/^time in us/d'
> oset show
> oset send 50 0x415a10
> oset show 51
> oset show 51
> oset send 51 0x42c820
> oset show
> oset send 50 0
> oset show 50
> oset send 50 2
> oset send 49 0x123456
> oset send 0 0x123456
| PORT  SENDS  RECEIVED  MAY LACK
|   49      -         0  no
|   50      -         0  no
|   51      -         0  no
| port  50
| word  0x415a10
| PORT  KIND      WORD  NEW
|   51  q     0x415a10  yes
|
| PORT  SENDS  RECEIVED  MAY LACK
|   51      -         1  no
| PORT  KIND      WORD  NEW
|   51  q     0x415a10  no
|
| PORT  SENDS  RECEIVED  MAY LACK
|   51      -         1  no
| port  51
| word  0x42c820
| PORT  KIND      WORD  NEW
|   50  q     0x42c820  yes
|   51  q     0x415a10  no
|
| PORT     SENDS  RECEIVED  MAY LACK
|   49         -         0  no
|   50  0x415a10         1  no
|   51  0x42c820         1  no
| port  50
| word  0x000000
| PORT  KIND      WORD  NEW
|   50  q     0x42c820  no
|
| PORT  SENDS  RECEIVED  MAY LACK
|   50      -         1  no
! switchblade: all:12: 0x000002 is a link fault to the partner: it would take the link down (range)
! switchblade: all:13: port 49 is in 10GBASE-R: its PCS receives ordered sets but has no register to send them; XAUI and RXAUI send (not-supported)
! switchblade: all:14: port 0 is in 1000base-x: only XAUI, RXAUI and 10GBASE-R have ordered sets (not-supported)

$ cat up - >all; switchblade source all | sed '1,/^time in us/d'
> oset watch 51 --count 1 --timeout 20ms
! switchblade: all:4: DEV10G[2]:PCS_XAUI_STATUS:PCS_XAUI_RX_SEQ_REC_STATUS.RX_Q_CHANGED_STICKY was not 0x1 within 20000 us, last 0x0 (timeout)

$ cat up - >all; switchblade --json source all | grep -a 'switchblade/oset'
> oset send 50 0x415a10
> oset show 51
> oset watch 51 -c1 --timeout 20ms
| {"schema":"switchblade/oset-send/1","port":50,"word":4282896,"word_hex":"0x415a10"}
| {"schema":"switchblade/oset-show/1","words":[{"port":51,"kind":"q","word":4282896,"word_hex":"0x415a10","meaning":null,"changed":true}],"ports":[{"port":51,"sent":null,"n_words":1,"may_lack":false}]}
! switchblade: all:6: DEV10G[2]:PCS_XAUI_STATUS:PCS_XAUI_RX_SEQ_REC_STATUS.RX_Q_CHANGED_STICKY was not 0x1 within 20000 us, last 0x0 (timeout)

$ cat up - >all; switchblade source all | sed '1,/^time in us/d'
> oset watch 49 --count 1 --timeout 20ms
! switchblade: all:4: PCS10G_BR[0]:PCS_10GBR_STATUS:PCS_INTR_STAT.RX_OSET_STICKY was not 0x1 within 20000 us, last 0x0 (timeout)

# Ports 50 and 51 in 10GBASE-R; 51 hears nothing and says so: a remote fault fills the queue.

$ cat up - >all; switchblade source all | sed '1,/RX_BLOCK_LOCK$/d'
> link set 50-51 none
> link set 50-51 10gbase-r
> reg write DEV10G[2]:MAC_LFS_CFG 1
> reg set DEV10G[2]:DEV_RST_CTRL.PCS_RX_RST=1
> reg poll PCS10G_BR[1]:PCS_STATUS.RX_BLOCK_LOCK==1 --timeout 100ms
> oset watch 50 --count 7
> oset show 50
> port show 50-51
| value       0x1
| time in us  10000
| PORT  KIND          WORD  MEANING       NEW
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
| port 50: a FIFO was full, words may have been lost
| PORT  KIND          WORD  MEANING       NEW
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|   50  sequence  0x000002  remote fault  yes
|
| PORT  SENDS  RECEIVED  MAY LACK
|   50      -         7  yes
| port 50: a FIFO was full, words may have been lost
| PORT  ROLE           DEVICE     SERDES       MODE       SPEED  LINK  BECAUSE       SINCE LAST LOOK
|   50  inter-chassis  DEV10G[1]  SERDES10G_1  10gbase-r    10G  down  remote fault  signal-lost, local-fault, remote-fault
|   51  inter-chassis  DEV10G[2]  SERDES10G_2  10gbase-r    10G  down  no signal     signal-lost, local-fault


$ switchblade oset show 0
! switchblade: port 0 is not set up (state)
= 1

$ switchblade oset show 53
! switchblade: port: 53 is outside 0 to 52 (range)
= 2
