"""What `counties` says of itself."""

TITLE = "Our statistics beside other counties'"
DEFINITION = (
    "A row for each count of the view statistics and each county that has it: ours, and those that came in "
    "other counties' bundles (import FILE.knbundle), for YEAR or all years that they sent, and each MEASURE "
    "or all. Totals alone; places=yes has municipalities and months too. What all of them withhold is left "
    "out, the grand total excepted. Whose day it goes to stands beside "
    "it: of a running year the counties sent theirs on different days."
)
FORMULA = (
    "What came is shown as it came: each county withheld its own counts of people under 5 (..), zero among "
    "them, and enough others, before it sent them; ours are those of the view statistics. Nothing is summed "
    "over counties, and no county is ranked."
)
SOURCE = (
    "Practice: what counties may usefully see of one another. That it tells of nobody: offentlighets- och "
    "sekretesslagen (2009:400) 21 kap. and regulation (EU) 2016/679, article 5.1 c, as for statistics."
)
