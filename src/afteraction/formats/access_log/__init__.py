"""Access logs of nginx, Apache and Traefik as lines of text."""
