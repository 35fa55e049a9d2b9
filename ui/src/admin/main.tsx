/** Starts the administration: the only place that joins the platform, the language and the component kit. */
import "./theme/mantine.css";
import "@mantine/notifications/styles.layer.css";
import "../player/style/fonts.css";
import "../player/style/hidden.css";
import "./theme/fonts.css";
import "./theme/base.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import i18next from "i18next";
import { createRoot } from "react-dom/client";
import { platform } from "../platform";
import { Api } from "./api/client";
import { untilWords } from "./format/until";
import { Gate } from "./gate/gate";
import { Shell } from "./shell/shell";
import { currentFormat, startI18n } from "./text/i18n";
import { refusalWords } from "./text/server-words";
import { schemeOf } from "./theme/scheme";
import { theme } from "./theme/theme";
import { cssVariables } from "./theme/tokens";
import { HostGate } from "./views/host/host-gate";

const root = document.getElementById("admin");
if (!root) throw new Error("The page has no place for the administration.");

await platform.open();
await startI18n(platform.language(), (language) => platform.keepLanguage(language));
const api = new Api({
  platform,
  fetch: (url, init) => fetch(url, init),
  unreachable: () => i18next.t("state.unreachable"),
  words: (code, sentence) => refusalWords(i18next.t, code, sentence),
  closed: ({ reason, until }) => {
    const sentence =
      until === null
        ? i18next.t("access.banned")
        : i18next.t("access.suspended", { at: untilWords(i18next.t, currentFormat(), until, Date.now()) });
    return reason === "" ? sentence : `${sentence} ${i18next.t("access.reason", { reason })}`;
  },
});

createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    colorSchemeManager={schemeOf(platform)}
    defaultColorScheme="auto"
  >
    <HostGate platform={platform}>
      <Gate api={api} platform={platform}>
        <Shell />
      </Gate>
    </HostGate>
    <Notifications position="bottom-left" limit={4} zIndex={450} />
  </MantineProvider>,
);
