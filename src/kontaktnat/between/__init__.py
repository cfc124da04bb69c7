"""Between counties: a bundle of examples, questions and statistics, in which there is no person.

`sending` builds it field by field, `form` says what it looks like, `receiving` takes it into a book, and
`kontaktnat.origin` keeps whence each topic came.
"""
