"""Fault runs: visitors who write down what they see, faults by schedule, a checker that reads the book.

    questions   who asks what, by seed, and what is due      ledger    the book, append-only
    visitors    asking, waiting, repeating, leaving          checker   does the book balance? (rules.py)
    mischief    the faults and their schedule                settling  what happens once they are over
    scripted_model   the model's server, with moods          stack     the LOCAL stack with the probe laid in

`bench/faults.py` is the way in.
"""
