"""HTTP for communities: pages, coming in and going out, animating."""
