alter table sign_in_guesses add key sign_in_guesses_by_time (last_at);
