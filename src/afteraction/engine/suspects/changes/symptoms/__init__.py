"""What a case shows to go wrong: kinds of symptoms, in metrics and in logs, with when and where.

Start at `picture.look`.
"""
