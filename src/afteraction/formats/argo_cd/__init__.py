"""Applications of Argo CD."""
