"""What the library costs, as ratios to something that a reader knows: `python3 dev.py bench`.

One module per subject, each with `rows()`. Times are measured in pairs, one run of ours and one of the
baseline right after each other, so that a busy machine slows both; only their ratio is told. Nothing here is
a test: a machine's mood is no reason to fail.
"""
