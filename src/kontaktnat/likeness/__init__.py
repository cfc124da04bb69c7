"""Which records may be of one and the same, and why: evidence for and against, never a name alone.

`evidence` weighs two bare documents, `suggesting` goes through a book, `apart` remembers who is not the same.
"""
