"""The page's zones, one module a zone, named after what the user sees there."""
