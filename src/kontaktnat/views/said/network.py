"""What `network` says of itself."""

TITLE = "Who is in our networks, as a tree"
DEFINITION = (
    "A line for each network (NETWORK, or all), and under it what hangs together with it: its assignments "
    "that run, its host, its members on the day, and its guests of the last 12 months. Under a member "
    "stand those who represent it, and what is vacant there. Last: of a network its latest meeting, of a "
    "member the latest that anybody was at for it, of a person the latest that they were at."
)
FORMULA = (
    "A member is represented by whoever holds a post of the network's functions at it or covering it; "
    "where the network names none, by whoever has a post at it. Vacant: of a municipality a function "
    "of the network that nobody holds there; of another member, or in a network without functions, that "
    "nobody represents it. Where somebody protected holds such a function it is said of none that it is "
    "vacant, and who that is does not stand here. A member that has been succeeded stands as its "
    "successor. Only interactions held with the network count."
)
SOURCE = "Practice: 12 months. Cooperation and exchange of experience: förordning (2016:1258) 2 § 2."
