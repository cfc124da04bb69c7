"""The plugin's views, a room each; each is imported when it is asked."""
