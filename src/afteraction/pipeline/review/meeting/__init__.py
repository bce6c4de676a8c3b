"""What a meeting takes along from the server: a calendar file and a pack to read and print."""
