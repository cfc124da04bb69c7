"""What `network` says of itself."""

TITLE = "Who is in our networks, as a tree"
DEFINITION = (
    "A line for each network (NETWORK, or all), and under it what hangs together with it: its assignments, "
    "its host, its members on the day, and its guests of the last 12 months. Under a member stand those "
    "who represent it, with the last meeting each was at, and the network's functions that nobody holds "
    "there. Last: of a network its latest meeting, of a member the latest that anybody was at for it."
)
FORMULA = (
    "A member is represented by whoever holds a post of the network's functions at it or covering it; "
    "where the network names none, by whoever has a post at it. Vacant: a function of the network that "
    "nobody holds there; of a network without functions, a member where nobody has a post. Where somebody "
    "protected holds such a function, of nobody it is said that it is vacant, and they are not shown. A "
    "member that has been succeeded stands as its successor. Only interactions held with the network count."
)
SOURCE = "Practice: 12 months. Cooperation and exchange of experience: förordning (2016:1258) 2 § 2."
