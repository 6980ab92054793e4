"""Runs that take the Hub apart while it works, each bounded, on the loopback only, ended by process ids of their own.

The whole runs, on a machine with nothing else to do (minutes each; exit 1 when something does not hold):

    python -m tests.faults --rounds 200                 killed while four people write
    python -m tests.faults.ladders                      5,000 steps over five minutes
    python -m tests.faults.ladders --kill               the same, the engine killed every 5 to 15 seconds
    python -m tests.faults.ladders --cut 0.3            the same, three letters in ten taken and never answered
    python -m tests.faults.ladders --clock              the same, the Hub's clock moved by an hour four times
    python -m tests.faults.races                        2,000 acknowledgements against the due instant
    python -m tests.faults.races --postgres --races 500 the same on PostgreSQL
    python -m tests.faults.expo                         eleven days, 28 carriers, 1,000 units, counted by itself
    python -m tests.faults.rush                         1,000 returns before the cut-off, 100 boards watching
    python -m tests.faults.rush --kill                  the same, the Hub killed in the middle
    python -m tests.faults.attacks                      strangers, floods and theft at the socket and the listener
    python -m tests.faults.bombs                        files made to cost more than they say, weighed one by one
    python -m tests.faults.formulas                     texts that want to be formulas, read back with LibreOffice
    python -m tests.faults.destruction                  2,000 values that are over, their destruction killed 8 times
    python -m tests.faults.six_zones                    a year of daily reports in six zones
    python -m tests.bench --only armed                  100,000 armed steps beside one APScheduler job per step

A smoke of each is among the tests.
"""
