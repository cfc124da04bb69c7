"""What `path` says of itself."""

TITLE = "Who can introduce us: the shortest way between two"
DEFINITION = (
    "A row for each step of the shortest way from A to B, people or actors as one types them. An actor "
    "stands for anybody who holds a post there today, or whose post covers it. How: by a meeting at which "
    "both were present, or, where there was none, by posts that both hold at one actor today. Through: the "
    "latest such meeting, or the actor. Meetings: how many they were at together; last: the day of the "
    "latest. Without a way there is no row, and a note."
)
FORMULA = (
    "Two people are linked who hold posts at the same actor today, actors covered included and a successor "
    "for those before it, or who were present at the same interaction held by today. The shortest way has "
    "the fewest people on it. Of several that are as short the one is shown that has, step by step from A, "
    "the most recent meeting, then the most meetings together, then the name that is first in Swedish "
    "order. Protected people are no step on the way; where one of them is A or B only meetings at which "
    "they were present count, never where they work."
)
SOURCE = "Practice: to be introduced by somebody whom both know."
