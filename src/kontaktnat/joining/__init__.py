"""Two books that began as copies of one: what was done in the other is taken over, three-way, field by field.

`points` finds where their logs part and what each knows of the other, `grounds` with what a record is to be
compared, `threeway` merges one document, `gone` sees to what was erased, `taking` does the whole and gives
`results`, `differing` keeps and decides what both sides changed.
"""
