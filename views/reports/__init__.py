"""An estimate shown: in words, in charts, on paper. Every figure is the estimate's own."""
