"""The acts of `acting`: functions of a Book, one module for each kind of thing that is acted on."""
