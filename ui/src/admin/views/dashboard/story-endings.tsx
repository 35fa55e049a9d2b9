/** How visits ended, the commonest way first. */
import { useTranslation } from "react-i18next";
import type { WorldHistory } from "../../contract";
import { useFormat } from "../../format/use-format";
import dashboard from "./dashboard.module.css";
import classes from "./story.module.css";

export function StoryEndings({ endings }: Pick<WorldHistory, "endings">) {
  const { t } = useTranslation();
  const format = useFormat();
  const sorted = [...endings].sort((a, b) => b.count - a.count);
  const all = sorted.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={classes.endings}>
      <h2>{t("story.endings")}</h2>
      {all === 0 && <p className={classes.none}>{t("story.endingsNone")}</p>}
      <dl>
        {sorted.map(({ how, count }) => (
          <div key={how} className={classes.ending}>
            <dt>{t(`person.how.${how}`)}</dt>
            <dd className={dashboard.bar} aria-hidden="true">
              <div style={{ width: `${(count / all) * 100}%` }} />
            </dd>
            <dd>{format.count(count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
