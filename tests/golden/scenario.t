# Scenarios of blades on the mock TDM bus.

# The seed document's figures 3 and 5 to 7b: two lines in the trace for each message, before and
# after the switch blade.
$ switchblade source -
> scenario run fixtures/scenarios/four-blades.yaml
> tdm trace
| scenario  four blades, two conversations at once
| seed      1
|
| LINE  FRAME  STEP                                                      RESULT
|   21      0  send blade 1 -> blade 2, type 0x0101, 32 bytes            done
|   22      0  send blade 3 -> blade 4, type 0x0102, 33 bytes            done
|   26      2  expect blade 1 -> blade 2, type 0x0101, before and after  done
|   33      2  expect blade 3 -> blade 4, type 0x0102, before and after  done
|   42      2  send blade 2 -> blade 1, type 0x0103, 37 bytes            done
|   43      2  send blade 4 -> blade 3, type 0x0104, 23 bytes            done
|   47      4  expect blade 2 -> blade 1, type 0x0103, before and after  done
|   54      4  expect blade 4 -> blade 3, type 0x0104, before and after  done
|   63      4  send blade 3 -> blade 2, type 0x0105, 33 bytes            done
|   64      6  expect blade 3 -> blade 2, type 0x0105, before and after  done
|   73     46  wait 5000 us                                              done
|   74     46  count controller forwarded, is 5                          done
|   75     46  count controller model-taken, is 5                        done
|   76     46  count controller drops, is 0                              done
|   77     46  count controller model-broken, is 0                       done
| frames                     46
| messages on the bus        10
| messages that blades took  5
| messages dropped           0
| passed                     yes
|  #  FRAME  SLOT     FROM        INITIAL -> FINAL       SOURCE     TYPE  BYTES  CELLS  NOTE
|  1  6      32-34    blade 1     controller -> blade 2  blade 1  0x0101     32      3  goes on as 3
|  2  6      80-82    blade 3     controller -> blade 4  blade 3  0x0102     33      3  goes on as 4
|  3  7      1-3      controller  blade 2 -> blade 2     blade 1  0x0101     32      3  was 1, overwritten
|  4  7      4-6      controller  blade 4 -> blade 4     blade 3  0x0102     33      3  was 2, overwritten
|  5  7      106-107  blade 4     controller -> blade 3  blade 4  0x0104     23      2  goes on as 6
|  6  8      1-2      controller  blade 3 -> blade 3     blade 4  0x0104     23      2  was 5, overwritten
|  7  8      56-58    blade 2     controller -> blade 1  blade 2  0x0103     37      3  goes on as 8
|  8  9      1-3      controller  blade 1 -> blade 1     blade 2  0x0103     37      3  was 7, overwritten
|  9  10     80-82    blade 3     controller -> blade 2  blade 3  0x0105     33      3  goes on as 10
| 10  11     1-3      controller  blade 2 -> blade 2     blade 3  0x0105     33      3  was 9, overwritten

$ switchblade --raw scenario run fixtures/scenarios/four-blades-fdm.yaml
| send blade 1 -> blade 2, type 0x0101, 32 bytes	done
| send blade 3 -> blade 4, type 0x0102, 33 bytes	done
| expect blade 1 -> blade 2, type 0x0101, before and after	done
| expect blade 3 -> blade 4, type 0x0102, before and after	done
| send blade 2 -> blade 1, type 0x0103, 37 bytes	done
| send blade 4 -> blade 3, type 0x0104, 23 bytes	done
| expect blade 2 -> blade 1, type 0x0103, before and after	done
| expect blade 4 -> blade 3, type 0x0104, before and after	done
| send blade 3 -> blade 2, type 0x0105, 33 bytes	done
| expect blade 3 -> blade 2, type 0x0105, before and after	done
| wait 5000 us	done
| count controller forwarded, is 5	done
| count controller model-taken, is 5	done
| count controller drops, is 0	done
| count controller model-broken, is 0	done
| yes

# One for each misbehaviour: it is detected, counted and told, and the others go on.
$ switchblade scenario run fixtures/scenarios/babbling-blade.yaml
| scenario  a babbling blade is named and kept out
| seed      1
|
| LINE  FRAME  STEP                                             RESULT
|   15      0  send blade 1 -> blade 2, type 0x0001, 6 bytes    done
|   16      2  expect blade 1 -> blade 2, type 0x0001           done
|   18      2  behave blade 3, babble                           done
|   19      3  event controller babble                          done
|   20      3  event blade 3 babbled                            done
|   21      3  count blade 3 babbles, at least 1                done
|   24      3  send blade 1 -> blade 2, type 0x0002, 600 bytes  done
|   25      4  count blade 1 cell-errors, at least 1            done
|   26      4  count controller collided-slots, at least 1      done
|   29      4  disable blade 3                                  done
|   30     20  wait 2000 us                                     done
|   31     20  state blade 3, disabled                          done
|   32     20  send blade 1 -> blade 2, type 0x0003, 5 bytes    done
|   33     22  expect blade 1 -> blade 2, type 0x0003           done
|   34     22  send blade 2 -> blade 1, type 0x0003, 8 bytes    done
|   35     23  expect blade 2 -> blade 1, type 0x0003           done
|   38     23  send blade 1 -> blade 3, type 0x0004, 12 bytes   done
|   39     24  count controller drop-absent, is 1               done
| frames                     24
| messages on the bus        8
| messages that blades took  3
| messages dropped           2
| passed                     yes

$ switchblade scenario run fixtures/scenarios/wrong-crc.yaml
| scenario  a wrong CRC drops its message only
| seed      1
|
| LINE  FRAME  STEP                                             RESULT
|   17      0  fault cell-bit of blade 1, 1 times               done
|   18      0  send blade 1 -> blade 2, type 0x0001, 100 bytes  done
|   19      0  send blade 3 -> blade 4, type 0x0001, 16 bytes   done
|   20      1  expect blade 3 -> blade 4, type 0x0001           done
|   21     81  expect blade 1 -> blade 2, type 0x0001, absent   done
|   22     81  count blade 1 cell-errors, is 1                  done
|   23     81  count controller drop-cells, is 1                done
|   24     81  event controller error                           done
|   27     81  fault body-bit of blade 1, 1 times               done
|   28     81  send blade 1 -> blade 2, type 0x0002, 100 bytes  done
|   29    161  expect blade 1 -> blade 2, type 0x0002, absent   done
|   30    161  count blade 1 message-errors, is 1               done
|   31    161  count controller drop-crc, is 1                  done
|   32    161  event controller error                           done
|   35    161  send blade 1 -> blade 2, type 0x0003, 100 bytes  done
|   36    163  expect blade 1 -> blade 2, type 0x0003           done
|   37    163  count controller model-faults, is 2              done
|   38    163  count controller drops, is 2                     done
|   42    163  fault cell-bit of controller, 1 times            done
|   43    163  send blade 1 -> blade 2, type 0x0004, 100 bytes  done
|   44    243  expect blade 1 -> blade 2, type 0x0004, absent   done
|   45    243  count blade 2 model-cell-errors, is 2            done
| frames                     243
| messages on the bus        8
| messages that blades took  2
| messages dropped           2
| passed                     yes

$ switchblade scenario run fixtures/scenarios/lost-cell.yaml
| scenario  a lost cell drops its message only
| seed      1
|
| LINE  FRAME  STEP                                             RESULT
|   17      0  fault cell-lost of blade 1, 1 times              done
|   18      0  send blade 1 -> blade 2, type 0x0001, 100 bytes  done
|   19      0  send blade 3 -> blade 4, type 0x0001, 100 bytes  done
|   20      1  expect blade 3 -> blade 4, type 0x0001           done
|   21     81  expect blade 1 -> blade 2, type 0x0001, absent   done
|   22     81  count blade 1 lost-cells, is 1                   done
|   23     81  event controller error                           done
|   26     81  fault cell-lost of blade 1, 1 times              done
|   27     81  send blade 1 -> blade 2, type 0x0002, 100 bytes  done
|   28    161  expect blade 1 -> blade 2, type 0x0002, absent   done
|   29    161  count blade 1 lost-cells, is 2                   done
|   32    161  fault cell-lost of blade 1, 1 times              done
|   33    161  send blade 1 -> blade 2, type 0x0003, 100 bytes  done
|   34    161  send blade 1 -> blade 2, type 0x0004, 100 bytes  done
|   35    163  expect blade 1 -> blade 2, type 0x0004           done
|   36    243  expect blade 1 -> blade 2, type 0x0003, absent   done
|   37    243  count blade 1 lost-cells, is 3                   done
|   38    243  count controller drop-cells, is 3                done
|   39    243  count controller model-taken, is 2               done
| frames                     243
| messages on the bus        7
| messages that blades took  2
| messages dropped           3
| passed                     yes

$ switchblade scenario run fixtures/scenarios/duplicate-identifier.yaml
| scenario  two blades with one identifier are found
| seed      1
|
| LINE  FRAME  STEP                                                      RESULT
|   15      0  send blade 1 -> blade 2, type 0x0001, 11 bytes            done
|   16      2  expect blade 1 -> blade 2, type 0x0001                    done
|   18      2  plug blade 4                                              done
|   19      5  discover 20000 us                                         done
|   20      5  event controller duplicate                                done
|   21      5  state blade 2, duplicate                                  done
|   22      5  state blade 4, duplicate                                  done
|   23      5  state blade 1, ready, not duplicate                       done
|   25      5  send blade 1 -> 02:00:00:00:00:02, type 0x0002, 10 bytes  done
|   26      6  count controller drop-duplicate, is 1                     done
|   27      6  send blade 1 -> blade 3, type 0x0002, 16 bytes            done
|   28      8  expect blade 1 -> blade 3, type 0x0002                    done
|   30      8  pull blade 4                                              done
|   31      8  discover 20000 us                                         done
|   32      8  state blade 2, ready, not duplicate                       done
|   33      8  send blade 1 -> blade 2, type 0x0003, 9 bytes             done
|   34     10  expect blade 1 -> blade 2, type 0x0003                    done
| frames                     10
| messages on the bus        14
| messages that blades took  14
| messages dropped           1
| passed                     yes

$ switchblade scenario run fixtures/scenarios/full-fifo.yaml
| scenario  full FIFOs drop whole messages and count them
| seed      1
|
| LINE  FRAME  STEP                                            RESULT
|   19      0  behave blade 1, flood -> controller             done
|   20    400  wait 50000 us                                   done
|   21    400  count blade 1 messages, is 40                   done
|   22    400  count controller rx-messages, is 32             done
|   23    400  count controller rx-overflows, is 8             done
|   24    400  event controller rx-overflow                    done
|   27    400  behave blade 1, flood -> blade 4                done
|   28    400  behave blade 2, flood -> blade 4                done
|   29    400  behave blade 3, flood -> blade 4                done
|   30   4400  wait 500000 us                                  done
|   31   4400  count blade 1 messages, is 80                   done
|   32   4400  count blade 2 messages, is 40                   done
|   33   4400  count blade 3 messages, is 40                   done
|   35   4400  count controller forwarded, is 17               done
|   36   4400  count controller drop-full, is 103              done
|   37   4400  count blade 4 model-taken, is 17                done
|   40   4400  send blade 1 -> blade 4, type 0x0003, 10 bytes  done
|   41   4402  expect blade 1 -> blade 4, type 0x0003          done
| frames                     4402
| messages on the bus        179
| messages that blades took  18
| messages dropped           111
| passed                     yes

$ switchblade scenario run fixtures/scenarios/pulled-blade.yaml
| scenario  a blade is pulled out in mid-message
| seed      1
|
| LINE  FRAME  STEP                                              RESULT
|   17      0  send blade 1 -> blade 2, type 0x0001, 1500 bytes  done
|   18      0  send blade 3 -> blade 4, type 0x0001, 16 bytes    done
|   19      1  expect blade 3 -> blade 4, type 0x0001            done
|   20      1  pull blade 1                                      done
|   21      1  event controller blade                            done
|   22      1  event blade 1 removed                             done
|   23      1  state blade 1, absent                             done
|   24     81  expect blade 1 -> blade 2, type 0x0001, absent    done
|   25     81  count blade 1 lost-cells, is 1                    done
|   26     81  count controller drop-cells, is 1                 done
|   29     81  send blade 3 -> blade 1, type 0x0002, 14 bytes    done
|   30     82  count controller drop-absent, is 1                done
|   31     82  send blade 3 -> blade 4, type 0x0002, 12 bytes    done
|   32     83  expect blade 3 -> blade 4, type 0x0002            done
|   34     83  plug blade 1                                      done
|   35     83  event blade 1 inserted                            done
|   36     88  discover 20000 us                                 done
|   37     88  state blade 1, ready, aligned                     done
|   38     88  send blade 1 -> blade 2, type 0x0003, 10 bytes    done
|   39     91  expect blade 1 -> blade 2, type 0x0003            done
| frames                     91
| messages on the bus        13
| messages that blades took  11
| messages dropped           2
| passed                     yes

$ switchblade scenario run fixtures/scenarios/alignment-loss.yaml
| scenario  loss of frame alignment, and its recovery
| seed      1
|
| LINE  FRAME  STEP                                            RESULT
|   15      0  state blade 2, aligned                          done
|   16      0  fault align of blade 2, 2 times                 done
|   17     16  wait 2000 us                                    done
|   18     16  count blade 2 align-errors, is 2                done
|   19     16  count blade 2 align-losses, is 0                done
|   20     16  state blade 2, aligned                          done
|   22     16  fault align of blade 2, 40 times                done
|   23     19  event controller alignment                      done
|   24     19  event blade 2 align-lost                        done
|   25     19  count blade 2 align-losses, is 1                done
|   26     19  state blade 2, not aligned                      done
|   27     19  send blade 1 -> blade 2, type 0x0001, 14 bytes  done
|   28     19  send blade 1 -> blade 3, type 0x0001, 16 bytes  done
|   29     21  expect blade 1 -> blade 3, type 0x0001          done
|   30     21  count controller drop-absent, is 1              done
|   33    101  wait 10000 us                                   done
|   34    101  state blade 2, aligned                          done
|   35    101  count blade 2 align-errors, is 42               done
|   36    101  send blade 1 -> blade 2, type 0x0002, 14 bytes  done
|   37    103  expect blade 1 -> blade 2, type 0x0002          done
|   38    103  count blade 1 align-losses, is 0                done
|   39    103  count blade 3 align-losses, is 0                done
| frames                     103
| messages on the bus        5
| messages that blades took  2
| messages dropped           1
| passed                     yes

$ switchblade scenario run fixtures/scenarios/clock-offset.yaml
| scenario  clock offsets make controlled slips
| seed      1
|
| LINE  FRAME  STEP                                                 RESULT
|   17   8000  wait 1000000 us                                      done
|   18   8000  count blade 1 slips-skipped, at least 7, at most 9   done
|   19   8000  count blade 1 slips-repeated, is 0                   done
|   20   8000  count blade 2 slips-repeated, at least 7, at most 9  done
|   21   8000  count blade 2 slips-skipped, is 0                    done
|   22   8000  count blade 3 slips-skipped, is 0                    done
|   23   8000  count blade 3 slips-repeated, is 0                   done
|   24   8000  state blade 1, aligned                               done
|   25   8000  state blade 2, aligned                               done
|   26   8000  count blade 1 align-losses, is 0                     done
|   29   8000  send blade 3 -> blade 1, type 0x0001, 15 bytes       done
|   30   8001  expect blade 3 -> blade 1, type 0x0001               done
|   31   8001  behave blade 3, flood -> blade 2                     done
|   32  16001  wait 1000000 us                                      done
|   33  16001  count blade 2 model-taken, is 500                    done
|   34  16001  count controller drops, is 0                         done
| frames                     16001
| messages on the bus        1002
| messages that blades took  501
| messages dropped           0
| passed                     yes

$ switchblade scenario run fixtures/scenarios/echo-and-silence.yaml
| scenario  echo, silence, and what is mended
| seed      1
|
| LINE  FRAME  STEP                                                RESULT
|   15      1  ping blade 1                                        done
|   16      2  ping blade 2                                        done
|   17      3  ping blade 3                                        done
|   18      3  send blade 1 -> blade 2, type 0x0001, 12 bytes      done
|   19      5  expect blade 1 -> blade 2, type 0x0001              done
|   20      6  expect blade 2 -> blade 1, type 0x0001              done
|   23      6  behave blade 3, silent                              done
|   24      6  send blade 3 -> blade 1, type 0x0002, 5 bytes       done
|   25     86  expect blade 3 -> blade 1, type 0x0002, absent      done
|   26     86  behave blade 3, respond                             done
|   27     87  expect blade 3 -> blade 1, type 0x0002              done
|   29     87  disable blade 2                                     done
|   30     87  state blade 2, disabled                             done
|   31     87  send blade 1 -> blade 2, type 0x0003, 7 bytes       done
|   32     88  count controller drop-absent, is 1                  done
|   33     88  enable blade 2                                      done
|   34     88  state blade 2, ready                                done
|   35     89  ping blade 2                                        done
|   38     89  clock blade 1, -500 ppm                             done
|   39   8089  wait 1000000 us                                     done
|   40   8089  count blade 1 slips-skipped, at least 3, at most 5  done
|   43   8089  fault cell-lost of blade 1                          done
|   44   8089  send blade 1 -> blade 3, type 0x0004, 4 bytes       done
|   45   8169  expect blade 1 -> blade 3, type 0x0004, absent      done
|   46   8169  heal all faults                                     done
|   47   8169  send blade 1 -> blade 3, type 0x0005, 5 bytes       done
|   48   8171  expect blade 1 -> blade 3, type 0x0005              done
| frames                     8171
| messages on the bus        18
| messages that blades took  8
| messages dropped           2
| passed                     yes

# Plans change under load, and no message is lost.
$ switchblade scenario run fixtures/scenarios/plan-change.yaml
| scenario  slot plans change under load and no message is lost
| seed      1
|
| LINE  FRAME  STEP                                                  RESULT
|   17     24  wait 3000 us                                          done
|   18     25  plan 1-63=0 64-67=1 68-91=2 92-115=3 116-127=4        done
|   19     49  wait 3000 us                                          done
|   20     50  plan 1-40=shared 41-80=0 81-127=shared                done
|   21     74  wait 3000 us                                          done
|   22     75  plan 2=0 4=1 6=2 8=3 10=4                             done
|   23     99  wait 3000 us                                          done
|   24    100  plan 1-20=0 21-30=1 31-40=2 41-50=3 51-60=4 61-127=0  done
|   25    100  event controller plan-applied                         done
|   26   8100  wait 1000000 us                                       done
|   27   8100  count blade 1 messages, is 150                        done
|   28   8100  count blade 1 model-taken, is 150                     done
|   29   8100  count blade 2 model-taken, is 150                     done
|   30   8100  count blade 3 model-taken, is 150                     done
|   31   8100  count blade 4 model-taken, is 150                     done
|   32   8100  count controller forwarded, is 600                    done
|   33   8100  count controller drops, is 0                          done
|   34   8100  count controller model-broken, is 0                   done
|   35   8100  count controller model-missed, is 0                   done
| frames                     8100
| messages on the bus        1200
| messages that blades took  600
| messages dropped           0
| passed                     yes

$ switchblade scenario run fixtures/scenarios/broadcast.yaml
| scenario  broadcasts of blades and of the switch blade
| seed      1
|
| LINE  FRAME  STEP                                                                     RESULT
|   15      0  send blade 1 -> everybody, type 0x0001, 33 bytes                         done
|   16      1  expect blade 1 -> everybody, type 0x0001, before and after               done
|   25      1  send blade 2 -> everybody by way of everybody, type 0x0002, 14 bytes     done
|   26      2  expect blade 2 -> everybody, type 0x0002, direct, after                  done
|   34      2  send controller -> everybody by way of everybody, type 0x0003, 21 bytes  done
|   35      3  expect controller -> everybody, type 0x0003                              done
|   36      3  count controller drops, is 0                                             done
| frames                     3
| messages on the bus        4
| messages that blades took  10
| messages dropped           0
| passed                     yes

$ switchblade scenario run fixtures/scenarios/steering.yaml
| scenario  steering by type and function
| seed      1
|
| LINE  FRAME  STEP                                                     RESULT
|   17      0  send controller, steered, type 0x0050, 3 bytes           done
|   18      0  send controller, steered, type 0x0050, 3 bytes           done
|   19      0  send controller, steered, type 0x0051, 5 bytes           done
|   20      1  expect controller -> blade 2, type 0x0050                done
|   21      1  expect controller -> blade 3, type 0x0050                done
|   22      1  expect controller -> blade 1, type 0x0051                done
|   23      1  send controller, steered, type 0x0052, 7 bytes, refused  done
|   24      1  count controller drop-steer, is 1                        done
|   25      1  pull blade 1                                             done
|   26      1  send controller, steered, type 0x0051, 6 bytes, refused  done
|   27      1  count controller drop-steer, is 2                        done
| frames                     1
| messages on the bus        3
| messages that blades took  3
| messages dropped           2
| passed                     yes

$ switchblade scenario run fixtures/scenarios/shared-slots.yaml
| scenario  round robin serves every blade
| seed      1
|
| LINE  FRAME  STEP                               RESULT
|   18   1600  wait 200000 us                     done
|   19   1600  count blade 1 model-taken, is 100  done
|   20   1600  count blade 2 model-taken, is 100  done
|   21   1600  count blade 3 model-taken, is 100  done
|   22   1600  count blade 4 model-taken, is 100  done
|   23   1600  count controller drops, is 0       done
| frames                     1600
| messages on the bus        800
| messages that blades took  400
| messages dropped           0
| passed                     yes

# The same file gives the same bus every time.
$ for i in 1 2; do switchblade --json scenario run fixtures/scenarios/plan-change.yaml >$i.json; done; cmp 1.json 2.json && echo same
| same

# Expectations that come out false tell what came instead.
$ cat >head.yaml <<'END'
$ scenario: 1
$ title: false
$ plan: 1-50=0 51-80=1 81-127=2
$ blades:
$   - {station: 1}
$   - {station: 2}
$ END
$ (cat head.yaml; echo 'steps: [{send: {from: 1, to: 2, type: 1, body: "a"}}, {expect: {from: 1, to: 2, type: 1, after: {source: 2}}}, {wait: 1ms}]') >source.yaml
$ switchblade scenario run source.yaml
| scenario  false
| seed      1
|
| LINE  FRAME  STEP                                           RESULT
|    7      0  send blade 1 -> blade 2, type 0x0001, 1 bytes  done
|    7      2  expect blade 1 -> blade 2, type 0x0001, after  false
|    7      -  wait 1000 us                                   not run
| frames                     2
| messages on the bus        2
| messages that blades took  1
| messages dropped           0
| passed                     no
! switchblade: source.yaml:7: expect blade 1 -> blade 2, type 0x0001, after: after the switch blade the source is blade 1, not blade 2 (mismatch)
= 3

$ (cat head.yaml; echo 'steps: [{send: {from: 1, to: 2, type: 1, body: "a"}}, {expect: {from: 1, to: 2, type: 2}}]') >type.yaml
$ switchblade scenario run type.yaml
| scenario  false
| seed      1
|
| LINE  FRAME  STEP                                           RESULT
|    7      0  send blade 1 -> blade 2, type 0x0001, 1 bytes  done
|    7     80  expect blade 1 -> blade 2, type 0x0002         false
| frames                     80
| messages on the bus        2
| messages that blades took  1
| messages dropped           0
| passed                     no
! switchblade: type.yaml:7: expect blade 1 -> blade 2, type 0x0002: did not come within 10000 us to the switch blade; what came last: frame 6 blade 1: controller -> blade 2, type 0x0001; frame 7 blade 1: blade 2 -> blade 2, type 0x0001 (mismatch)
= 3

$ (cat head.yaml; echo 'steps: [{expect: {from: 1, to: 2, type: 2, within: 1ms}}]') >nothing.yaml
$ switchblade --raw scenario run nothing.yaml
| expect blade 1 -> blade 2, type 0x0002	false
| no
! switchblade: nothing.yaml:7: expect blade 1 -> blade 2, type 0x0002: did not come within 1000 us to the switch blade; what came last: nothing (mismatch)
= 3

$ (cat head.yaml; echo 'steps: [{send: {from: 1, to: 2, type: 1}}, {expect: {from: 1, to: 2, absent: yes}}]') >absent.yaml
$ switchblade --raw scenario run absent.yaml
| send blade 1 -> blade 2, type 0x0001, 0 bytes	done
| expect blade 1 -> blade 2, absent	false
| no
! switchblade: absent.yaml:7: expect blade 1 -> blade 2, absent: blade 2 took it in frame 7 (mismatch)
= 3

$ (cat head.yaml; echo 'steps: [{count: {counter: forwarded, is: 3}}]') >count.yaml
$ switchblade --raw scenario run count.yaml
| count controller forwarded, is 3	false
| no
! switchblade: count.yaml:7: count controller forwarded, is 3: is 0 after 10000 us (mismatch)
= 3

$ (cat head.yaml; echo 'steps: [{event: {station: 2, event: removed, within: 1ms}}]') >event.yaml
$ switchblade --raw scenario run event.yaml
| event blade 2 removed	false
| no
! switchblade: event.yaml:7: event blade 2 removed: did not happen within 1000 us (mismatch)
= 3

$ (cat head.yaml; echo 'steps: [{state: {station: 2, is: disabled, within: 1ms}}]') >state.yaml
$ switchblade --raw scenario run state.yaml
| state blade 2, disabled	false
| no
! switchblade: state.yaml:7: state blade 2, disabled: is ready, aligned after 1000 us (mismatch)
= 3

# Steps that cannot be done.
$ (cat head.yaml; echo 'steps: [{pull: 9}]') >pull.yaml
$ switchblade --raw scenario run pull.yaml
| pull blade 9	failed
| no
! switchblade: pull.yaml:7: pull blade 9: cannot pull out blade 9 (state)
= 1

$ (cat head.yaml; echo 'steps: [{send: {from: 1, to: 9}}]') >nobody.yaml
$ switchblade --raw scenario run nobody.yaml
| send blade 1 -> blade 9, type 0x0000, 0 bytes	failed
| no
! switchblade: nobody.yaml:7: send blade 1 -> blade 9, type 0x0000, 0 bytes: blade 9 was never plugged in (state)
= 1

# Files with mistakes: every one is told with its line.
$ cat >bad.yaml <<'END'
$ scenario: 2
$ title: "two\nlines"
$ seed: -1
$ medium: air
$ frame: {slots: 1, slot_bytes: 9}
$ plan: 1-31=0 200=1
$ forward: {broadcast: some}
$ blades:
$   - {station: 65}
$   - {station: 1, does: flood}
$   - {station: 2, ident: "ff:ff:ff:ff:ff:ff", clock_ppm: 2000}
$   - {station: 3}
$   - {station: 3}
$ steering:
$   - {type: 65536, function: 32, blades: "0-3"}
$ steps:
$   - dance: {}
$   - {wait: 1ms, pull: 1}
$   - wait: 1h
$   - send: {from: all, to: 2}
$   - send: {from: 1}
$   - send: {from: 1, steer: yes}
$   - expect: {from: 1, to: "02:00:00:00:00:01"}
$   - expect: {from: 1, to: 2, direct: yes, before: {initial: 1}}
$   - count: {counter: nonsense, is: 1}
$   - count: {station: 1, counter: forwarded, is: 1}
$   - count: {counter: forwarded}
$   - event: {event: rain}
$   - event: {station: 1, event: blade}
$   - state: {station: 1}
$   - fault: {kind: flood}
$   - plan: 1=9x
$   - heal: some
$   - behave: {station: 1, does: flood}
$ END
$ switchblade scenario run bad.yaml
| MISTAKE
| bad.yaml:1: scenario is '2', this program reads format 1
| bad.yaml:2: title is 'several lines', one line of text without control characters was expected
| bad.yaml:3: seed is '-1', a number from 0 to 4294967295 was expected
| bad.yaml:4: medium is 'air', allowed are tdm, fdm
| bad.yaml:5: slots is '1', a number from 2 to 128 was expected
| bad.yaml:7: broadcast is 'some', allowed are drop, all, others
| bad.yaml:9: station is '65', a number from 1 to 64 was expected
| bad.yaml:10: a blade that floods needs the key 'to'
| bad.yaml:11: ident is 'ff:ff:ff:ff:ff:ff', a unicast address like "02:00:00:00:00:01" was expected
| bad.yaml:11: clock_ppm is '2000', parts per million from -1000 to 1000 was expected
| bad.yaml:13: a second blade in station 3
| bad.yaml:6: 200=1: timeslot: 200 is outside 1 to 127
| bad.yaml:15: type is '65536', a number from 0 to 65535 was expected
| bad.yaml:15: function is '32', a number from 0 to 31 was expected
| bad.yaml:15: blades is '0-3', a list of blades from 1 to 64, like "1-4,9", was expected
| bad.yaml:17: a step has no key 'dance', allowed are behave, clock, count, disable, discover, enable, event, expect, fault, heal, ping, plan, plug, pull, send, state, wait
| bad.yaml:18: a step does one thing: one key in each item
| bad.yaml:19: wait is '1h', a time up to 10s, like 125us or 5ms, was expected
| bad.yaml:20: a message comes from the controller or a blade
| bad.yaml:21: send needs either 'to' or 'steer: yes'
| bad.yaml:22: only messages of the controller are steered
| bad.yaml:23: a message comes to the controller, a blade, or all
| bad.yaml:24: a direct message crosses the bus once: use 'after'
| bad.yaml:25: the controller has no counter 'nonsense'; fixtures/scenarios/README.md lists them
| bad.yaml:26: a blade has no counter 'forwarded'; fixtures/scenarios/README.md lists them
| bad.yaml:27: count needs 'is', 'at_least' or 'at_most'
| bad.yaml:28: the controller has no event 'rain'; fixtures/scenarios/README.md lists them
| bad.yaml:29: a blade has no event 'blade'; fixtures/scenarios/README.md lists them
| bad.yaml:30: state needs 'is', 'aligned' or 'duplicate'
| bad.yaml:31: kind is 'flood', allowed are cell-bit, cell-lost, body-bit, align
| bad.yaml:32: plan: 1=9x: "9x" is neither a station nor "shared" nor "off"
| bad.yaml:33: heal is 'some', allowed are all
| bad.yaml:34: a blade that floods needs the key 'to'
! switchblade: 33 mistakes, the first: bad.yaml:1: scenario is '2', this program reads format 1 (range)
= 2

$ printf 'scenario: 1\n' >short.yaml; switchblade scenario run short.yaml
| MISTAKE
| short.yaml:1: a scenario needs the key 'title'
| short.yaml:1: a scenario needs the key 'blades'
| short.yaml:1: a scenario needs the key 'steps'
! switchblade: 3 mistakes, the first: short.yaml:1: a scenario needs the key 'title' (syntax)
= 2

$ printf '[1, 2]\n' >list.yaml; switchblade scenario run list.yaml
| MISTAKE
| list.yaml:1: a scenario is a list, a mapping was expected
! switchblade: list.yaml:1: a scenario is a list, a mapping was expected (syntax)
= 2

$ printf 'scenario: [\n' >broken.yaml; switchblade --json scenario run broken.yaml
| {
|   "schema": "switchblade/scenario-run/1",
|   "mistakes": [
|     {"code": "syntax", "message": "broken.yaml:2: not YAML: did not find expected node content"}
|   ],
|   "error": {"code": "syntax", "message": "broken.yaml:2: not YAML: did not find expected node content"}
| }
! switchblade: broken.yaml:2: not YAML: did not find expected node content (syntax)
= 2

$ switchblade scenario run /no/such/file.yaml
! switchblade: scenario '/no/such/file.yaml': No such file or directory (no-device)
= 5

# Without the model of the BTC there are no blades.
$ switchblade -b mock:,plain --map btc scenario run fixtures/scenarios/four-blades.yaml
| scenario  four blades, two conversations at once
| seed      1
| passed  no
! switchblade: a scenario needs the model of the BTC: the bus of switch is mock:,plain (not-supported)
= 1

$ switchblade -b mock: scenario run fixtures/scenarios/four-blades.yaml
| scenario  four blades, two conversations at once
| seed      1
| passed  no
! switchblade: the board has no device with the map btc (no-device)
= 5

# The same over a model of the USB bridge, and with an access that fails: it is told, at its step.
$ for f in fixtures/scenarios/*.yaml; do echo "$(switchblade -b mock:,usb --map btc --raw scenario run $f | tail -1) $(basename $f)"; done
| yes alignment-loss.yaml
| yes babbling-blade.yaml
| yes broadcast.yaml
| yes clock-offset.yaml
| yes duplicate-identifier.yaml
| yes echo-and-silence.yaml
| yes four-blades-fdm.yaml
| yes four-blades.yaml
| yes full-fifo.yaml
| yes load.yaml
| yes lost-cell.yaml
| yes plan-change.yaml
| yes pulled-blade.yaml
| yes shared-slots.yaml
| yes steering.yaml
| yes wrong-crc.yaml

$ switchblade -b fault:after=2400,mock: --map btc scenario run fixtures/scenarios/four-blades.yaml
| scenario  four blades, two conversations at once
| seed      1
|
| LINE  FRAME  STEP                                                      RESULT
|   21      0  send blade 1 -> blade 2, type 0x0101, 32 bytes            done
|   22      0  send blade 3 -> blade 4, type 0x0102, 33 bytes            done
|   26      2  expect blade 1 -> blade 2, type 0x0101, before and after  done
|   33      2  expect blade 3 -> blade 4, type 0x0102, before and after  done
|   42      2  send blade 2 -> blade 1, type 0x0103, 37 bytes            done
|   43      2  send blade 4 -> blade 3, type 0x0104, 23 bytes            done
|   47      4  expect blade 2 -> blade 1, type 0x0103, before and after  done
|   54      4  expect blade 4 -> blade 3, type 0x0104, before and after  done
|   63      4  send blade 3 -> blade 2, type 0x0105, 33 bytes            done
|   64      6  expect blade 3 -> blade 2, type 0x0105, before and after  done
|   73     46  wait 5000 us                                              done
|   74     46  count controller forwarded, is 5                          done
|   75     46  count controller model-taken, is 5                        done
|   76     46  count controller drops, is 0                              failed
|   77      -  count controller model-broken, is 0                       not run
| frames                     46
| messages on the bus        10
| messages that blades took  5
| messages dropped           0
| passed                     no
! switchblade: fixtures/scenarios/four-blades.yaml:76: count controller drops, is 0: MESSAGE:RX_OVERFLOWS: read 0x00003020: injected fault: I/O error at access 2400 (seed 1) (io)
= 1
