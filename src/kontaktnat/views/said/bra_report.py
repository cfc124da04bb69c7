"""What `bra-report` says of itself."""

TITLE = "What the county board has done in a year, for its report to Brå"
DEFINITION = (
    "Counts for YEAR (until 15 February the year before, for which the report is due then; after that the"
    " running one, to today), by the points of förordning (2016:1258) 2 § that interactions are marked "
    "with, those with no point, and all. Interactions held, of all kinds and by kind; the municipalities "
    "that anybody was there from; people present. Counts of people under 5 are withheld (..), and so are "
    "others where they would tell one; that nobody came where nothing was held is told. Interactions and "
    "municipalities are no people, and never withheld. A kind of which there was none is no row."
)
FORMULA = (
    "An interaction marked with several points counts in each of them, and once in the total. Municipality: "
    "somebody was present, by name or counted, under a hat at it or covering it, or from an actor placed in "
    "it; each once. People: those present by name, each once under however many hats, and the headcounts of "
    "trainings, at each training anew; who is named for an actor that has a headcount there is among the "
    "counted. Whoever is protected is counted nowhere, nor are those from a protected actor. Who came under "
    "several points is in each, and once in the total. Where only one point has few people, or the total "
    "would tell of few, the next smallest is withheld too; the total itself, where it would tell how few "
    "came outside of one point, or under both of two. People of whom it is not sure that they are 5, as "
    "three who were counted at two trainings, are taken for fewer. People are not told by kind."
)
SOURCE = (
    "Förordning (2016:1258) 2 § 1-4; 4 §: the county boards report to Brå every year by 15 February. That"
    " published statistics tell of nobody: offentlighets- och sekretesslagen (2009:400) 21 kap. and "
    "regulation (EU) 2016/679, article 5.1 c. The limit of 5 is practice among producers of statistics."
)
