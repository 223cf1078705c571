import type { Attributes, Meter } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type MetricData,
} from "@opentelemetry/sdk-metrics";

/** A meter of the real SDK, and what it has collected. */
export interface Recording {
  readonly meter: Meter;
  /** Returns the metrics by name. */
  collect(): Promise<ReadonlyMap<string, MetricData>>;
  /** Returns the attributes and the value of each series of a metric: of a histogram, its count and sum. */
  series(name: string): Promise<readonly { readonly attributes: Attributes; readonly value: unknown }[]>;
  stop(): Promise<void>;
}

export function recordMetrics(): Recording {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e9 });
  const provider = new MeterProvider({ readers: [reader] });

  async function collect(): Promise<ReadonlyMap<string, MetricData>> {
    exporter.reset();
    await reader.forceFlush();
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    return new Map(metrics.map((metric) => [metric.descriptor.name, metric]));
  }
  return {
    meter: provider.getMeter("test"),
    collect,
    async series(name) {
      const points = (await collect()).get(name)?.dataPoints ?? [];
      return points.map(({ attributes, value }) => {
        if (typeof value === "number") return { attributes, value };
        return { attributes, value: { count: value.count, sum: "sum" in value ? value.sum : undefined } };
      });
    },
    stop: () => provider.shutdown(),
  };
}
