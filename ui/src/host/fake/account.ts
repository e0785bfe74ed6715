import { recordEvent } from "./history";
import { refuse, type Handlers, type World } from "./world";

const MOST_GUESSES = 5;
const PAUSE_MS = 30_000;

/** The commands about one's own account, the lock of the window, and the settings. */
export function accountHandlers(world: World): Handlers {
  return {
    "account.update": ({ name }) => {
      if (world.person) world.person = { ...world.person, name };
      world.emit({ type: "stateChanged" });
      return world.state();
    },
    "account.change_password": ({ current, new: next }) => {
      checkPassword(world, current, "The password of now is wrong.");
      if (next === "password123") {
        const message = "This is one of the passwords that are tried first.";
        throw refuse("invalid", message, { fields: { new: message } });
      }
      world.password = next;
      const { person } = world;
      if (person) {
        recordEvent(world, "people", "user", person.id, person.name, "change_password", {});
      }
      if (world.stage === "change_password") world.enter("ready");
      return world.state();
    },
    "passwords.check": ({ password }) => {
      if (password === "password123") {
        return {
          problem: "This is one of the passwords that are tried first.",
          strength: 0,
        };
      }
      const strength = Math.min(4, Math.floor(new Set(password).size / 3));
      return {
        strength,
        ...(strength < 3 ? { hint: "Make it longer: four words are good." } : {}),
      };
    },
    "session.lock": () => {
      world.enter("locked");
      return null;
    },
    "session.unlock": ({ password }) => {
      checkPassword(world, password, "The password is wrong.");
      world.enter("ready");
      return world.state();
    },
    "settings.get": () => ({ ...world.settings, name: world.workspace?.name ?? "" }),
    "settings.update": ({ version, name, currency, idleLockMinutes }) => {
      if (version !== world.settings.version) {
        throw refuse("conflict", "Somebody else changed the settings meanwhile.");
      }
      world.settings = { currency, idleLockMinutes, version: version + 1 };
      if (world.workspace) world.workspace = { ...world.workspace, name };
      recordEvent(world, "settings", "workspace", "workspace", name, "update", {
        currency,
        idle_lock_minutes: idleLockMinutes,
      });
      world.emit({ type: "stateChanged" });
      return { ...world.settings, name };
    },
  };
}

/** Counts wrong passwords, and makes whoever typed too many of them wait. */
export function checkPassword(world: World, password: string, message: string): void {
  const now = Date.now();
  if (world.guesses.until > now) throw tooMany(world.guesses.until);
  if (password === world.password) {
    world.guesses = { failed: 0, until: 0 };
    return;
  }
  const failed = world.guesses.failed + 1;
  const until = failed >= MOST_GUESSES ? now + PAUSE_MS : 0;
  world.guesses = { failed, until };
  if (until > 0) throw tooMany(until);
  throw refuse("sign_in_failed", message, {
    hint: "Check it; capital letters count in a password.",
  });
}

function tooMany(retryAt: number) {
  return refuse("sign_in_failed", "Too many wrong passwords.", { retryAt });
}
