"""What each view says of itself, apart from the view: a list of views needs none of what they need."""
