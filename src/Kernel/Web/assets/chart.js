// Apache ECharts, only the parts in use, behind one custom element:
//   <ls-chart option='{"xAxis":…,"series":[…]}' style="height:14rem" role="img" aria-label="…"></ls-chart>
// It draws in a shadow root because enhanced navigation removes light children the server did not send,
// and takes its option from an attribute because that is what the navigation does keep.
import { BarChart, GraphChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, FunnelChart } from "echarts/charts";
import {
  AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
  MarkPointComponent, TooltipComponent, VisualMapComponent
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart, GraphChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, FunnelChart,
  AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
  MarkPointComponent, TooltipComponent, VisualMapComponent, LabelLayout, SVGRenderer
]);

/** The page's own tokens, so that a chart is right in both themes. */
function theme(element) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue("--ls-" + name).trim();
  const text = { color: token("ink-2"), fontSize: 12 };
  const axis = {
    axisLine: { lineStyle: { color: token("line-2") } },
    axisTick: { show: false },
    axisLabel: text,
    nameTextStyle: text,
    splitLine: { lineStyle: { color: token("line") } }
  };
  return {
    darkMode: document.documentElement.dataset.bsTheme === "dark",
    // Comparison (c2) comes second; status colours never appear in a series.
    color: ["c1", "c2", "c4", "c3", "c5", "c6"].map(token),
    textStyle: { fontFamily: token("font"), color: token("ink") },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    legend: { textStyle: text, itemWidth: 14, itemHeight: 8 },
    line: { symbol: "circle", symbolSize: 5, lineStyle: { width: 2 }, endLabel: { ...text, textBorderWidth: 0 } },
    bar: { barMaxWidth: 22 },
    label: text,
    // The element cuts off what a narrower window no longer has room for until it is drawn anew, so a tip stays within it.
    tooltip: {
      confine: true, backgroundColor: token("surface"), borderColor: token("line-2"),
      textStyle: { color: token("ink"), fontSize: 12 }
    }
  };
}

const defaults = { animation: false, grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true } };

class LodestoneChart extends HTMLElement {
  static observedAttributes = ["option"];
  #chart;
  #size;

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.innerHTML = "<style>:host{display:block;min-height:8rem;overflow:hidden}div{width:100%;height:100%}</style><div></div>";
    this.draw();
    this.#size = new ResizeObserver(() => this.#chart?.resize());
    this.#size.observe(this);
  }

  disconnectedCallback() {
    this.#size?.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  attributeChangedCallback() {
    if (this.shadowRoot) {
      this.draw();
    }
  }

  draw() {
    const style = getComputedStyle(this);
    // "--ls-c1" as a value stands for the token, which differs between the themes.
    const option = JSON.parse(this.getAttribute("option") || "{}", (_, value) =>
      typeof value === "string" && value.startsWith("--ls-") ? style.getPropertyValue(value).trim() : value);
    this.#chart?.dispose();
    this.#chart = init(this.shadowRoot.querySelector("div"), theme(this), { renderer: "svg" });
    this.#chart.setOption({ ...defaults, ...option, grid: { ...defaults.grid, ...option.grid } });
  }
}

customElements.define("ls-chart", LodestoneChart);
document.addEventListener("ls-theme", () => document.querySelectorAll("ls-chart").forEach((chart) => chart.draw()));
