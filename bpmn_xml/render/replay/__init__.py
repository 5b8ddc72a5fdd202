"""The replay of a run: one HTML file in which tokens travel, and an SVG that moves by itself."""
