// Everything the pages do beyond links and forms. Each page works without it.
import { watchDrafts } from "./drafts";
import { EventList } from "./events";
import { startHtmx } from "./htmx";
import { listenToKeys } from "./keys";
import { watchConnection } from "./offline";
import { PrintButton } from "./print";
import { bindPlaces } from "./sheet";
import { watchSignIn } from "./signin";
import { ThemeSwitch } from "./theme";
import { Timeline } from "./timeline";
import { sayWaiting } from "./toast";

startHtmx();
listenToKeys();
bindPlaces();
sayWaiting();
watchConnection();
watchSignIn();
watchDrafts();
customElements.define("aa-theme", ThemeSwitch);
customElements.define("aa-print", PrintButton);
customElements.define("aa-timeline", Timeline);
customElements.define("aa-events", EventList);
