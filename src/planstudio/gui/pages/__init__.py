"""One module a screen: it joins widgets to the desk and knows nothing of the window around it."""
