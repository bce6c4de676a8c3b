// Signing in with a passkey, and adding one: the browser's own dialog between a form and its sending.
// Modes: "login" asks the server for a challenge first; "use" and "add" have it in data-options.
type Sent = Record<string, unknown>;

export class Passkey extends HTMLElement {
  connectedCallback(): void {
    this.hidden = !window.PublicKeyCredential;
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask(event.target as HTMLFormElement);
    });
  }

  private async ask(form: HTMLFormElement): Promise<void> {
    this.say("");
    try {
      const options = await this.options(form);
      const found = this.dataset["mode"] === "add" ? await this.add(options, form) : await this.use(options);
      const field = form.querySelector<HTMLInputElement>("input[name=credential]");
      if (!found || !field) return;
      field.value = JSON.stringify(packed(found as PublicKeyCredential));
      form.submit();
    } catch (error) {
      this.say(sentence(error));
    }
  }

  private async options(form: HTMLFormElement): Promise<Sent> {
    const given = this.dataset["options"];
    if (given) return (JSON.parse(given) as Sent)["publicKey"] as Sent;
    const reply = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!reply.ok) throw new Error(reply.status === 429 ? "Too many tries. Wait a few minutes." : "The server did not answer. Try again.");
    return ((await reply.json()) as { request_options: { publicKey: Sent } }).request_options.publicKey;
  }

  private use(options: Sent): Promise<Credential | null> {
    const publicKey = { ...options, challenge: bytes(options["challenge"]), allowCredentials: withBytes(options["allowCredentials"]) };
    return navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
  }

  private add(options: Sent, form: HTMLFormElement): Promise<Credential | null> {
    const alone = form.querySelector<HTMLInputElement>("input[name=passwordless]")?.checked ?? false;
    const user = options["user"] as Sent;
    const choice = { ...(options["authenticatorSelection"] as Sent), residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
    const publicKey = {
      ...options,
      challenge: bytes(options["challenge"]),
      user: { ...user, id: bytes(user["id"]) },
      excludeCredentials: withBytes(options["excludeCredentials"]),
      authenticatorSelection: alone ? { ...choice, userVerification: "required" } : choice,
    };
    return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
  }

  private say(text: string): void {
    const place = this.querySelector<HTMLElement>("[role=alert]");
    if (!place) return;
    place.hidden = !text;
    place.textContent = text;
  }
}

function sentence(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return "It was left, or took too long. Nothing was changed.";
  if (name === "SecurityError") return `The browser does not use passkeys at ${location.origin}. Open this site by https, or as localhost.`;
  if (name === "InvalidStateError") return "This device has a passkey of this account already.";
  return error instanceof Error && error.message ? error.message : "The passkey could not be used.";
}

function packed(found: PublicKeyCredential): Sent {
  const said = found.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const response: Sent = { clientDataJSON: text(said.clientDataJSON) };
  if (said.attestationObject) {
    response["attestationObject"] = text(said.attestationObject);
    response["transports"] = said.getTransports?.() ?? [];
  } else {
    response["authenticatorData"] = text(said.authenticatorData);
    response["signature"] = text(said.signature);
    response["userHandle"] = said.userHandle ? text(said.userHandle) : null;
  }
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    authenticatorAttachment: found.authenticatorAttachment,
    clientExtensionResults: found.getClientExtensionResults(),
    response,
  };
}

function withBytes(list: unknown): Sent[] {
  return ((list as Sent[] | undefined) ?? []).map((each) => ({ ...each, id: bytes(each["id"]) }));
}

function bytes(value: unknown): Uint8Array {
  const plain = atob(String(value).replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
