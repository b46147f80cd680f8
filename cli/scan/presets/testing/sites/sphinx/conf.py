project = "Anchors"
html_title = "Anchors"
language = "en"
extensions = []
exclude_patterns = ["_build", "parts/*"]
html_theme = "alabaster"
