create index if not exists sign_in_guesses_by_time on sign_in_guesses (last_at);
