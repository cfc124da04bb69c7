"""What `double-meetings` says of itself."""

TITLE = "Who meets whom twice"
DEFINITION = (
    "Two kinds of rows, of meetings that networks held in the last 12 months. Networks: two networks to "
    "which mostly the same people came, with the suggestion to meet together or one after the other. "
    "Persons: two people who met in two or more networks of different assignments, in which ones, how often, "
    "and when last."
)
FORMULA = (
    "Networks: |A∩B| / |A∪B| ≥ 0.5, where A and B are the people present at any of the meetings of each; "
    "a network to which nobody came is compared with none. Persons: both were present at one meeting of a"
    " network, and at one of another, and there are two assignments, one of each network, that are not "
    "the same; a network without any does not count. Meetings together: in all these networks. Present is"
    " who attended, or came as somebody's deputy. Hosts and who is protected are left out."
)
SOURCE = "Practice: 12 months, and half. No statute asks for it."
