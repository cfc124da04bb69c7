"""What `statistics` says of itself."""

TITLE = "Statistics of a year without persons, which may be published"
DEFINITION = (
    "A row for each count, its totals among them (Total), for YEAR (the running one, to today) and each "
    "MEASURE, or all: interactions held by kind and month, and by kind and municipality; people by "
    "function and municipality on the year's last day or today; people met by kind and municipality, "
    "trainings left out; people trained by audience. Who was trained is not told by municipality, nor who "
    "was met at trainings: with the number of trainings that would tell of few. Counts of people under 5 "
    "are withheld (..), zero among them, and "
    "so are as many others as it takes for none to be worked out from the totals; which of them are small "
    "is not told. Of a row where all is withheld only the total stands. Meetings are no people, and never "
    "withheld; where there was none is no row."
)
FORMULA = (
    "People are counted once in each cell, by the hats they wear, at the municipality and actors placed in "
    "it or covering one; all others are elsewhere. Totals of people are the sums of their cells, so who "
    "stands in several is counted in each. Trained: at each training its headcounts, and those by name "
    "under a hat where there is no headcount of theirs; who comes twice counts twice. A meeting counts for "
    "each municipality that anybody was there from, and once in the totals. Whoever is protected is counted "
    "nowhere, nor are roles at a protected actor; a meeting that they alone came to counts as elsewhere."
)
SOURCE = (
    "That published statistics tell of nobody: offentlighets- och sekretesslagen (2009:400) 21 kap. and "
    "regulation (EU) 2016/679, article 5.1 c. The limit of 5 is practice among producers of statistics."
)
