/** The view "This computer": settings of the desktop program, while the server runs. */
import { useTranslation } from "react-i18next";
import { platform } from "../../../platform";
import { Page } from "../../kit/page";
import { ComputerForm } from "./computer-settings";

export default function ComputerView() {
  const { t } = useTranslation();
  const { computer, server } = platform;
  return (
    <Page title={t("view.computer")}>
      {computer && server && <ComputerForm computer={computer} server={server} />}
    </Page>
  );
}
