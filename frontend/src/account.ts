// Who this page was made for. What a browser keeps is kept by account, so that nobody else finds it.
export function account(): string {
  return document.documentElement.dataset["account"] ?? "";
}

export function signInAddress(): string {
  return document.documentElement.dataset["signin"] ?? "/accounts/login/";
}

// Storage of this browser under the account's name; a full or forbidden storage keeps nothing and says so by false.
export function keep(name: string, value: unknown): boolean {
  if (!account()) return false;
  try {
    localStorage.setItem(nameOf(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept<T>(name: string): T | undefined {
  if (!account()) return undefined;
  try {
    const text = localStorage.getItem(nameOf(name));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(nameOf(name));
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

export function keptNames(prefix: string): string[] {
  if (!account()) return [];
  try {
    const whole = nameOf(prefix);
    return Object.keys(localStorage)
      .filter((each) => each.startsWith(whole))
      .map((each) => each.slice(nameOf("").length));
  } catch {
    return [];
  }
}

function nameOf(name: string): string {
  return `aa:${account()}:${name}`;
}
