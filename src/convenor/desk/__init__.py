"""The review desk: a local web page on which people look at what was found and put it right."""
