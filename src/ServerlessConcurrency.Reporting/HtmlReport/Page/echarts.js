/*!
 * Parts of Apache ECharts 6.1.0: Copyright 2017-2026 The Apache Software Foundation, Apache License 2.0 (apache.org/licenses/LICENSE-2.0).
 * ZRender: Copyright (c) 2017, Baidu Inc., BSD 3-Clause. tslib: Copyright (c) Microsoft Corporation, 0BSD.
 */
import { init, use, graphic } from 'echarts/core';
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { DataZoomInsideComponent, DataZoomSliderComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([CanvasRenderer, CustomChart, DataZoomInsideComponent, DataZoomSliderComponent, GridComponent, LineChart, ScatterChart, TooltipComponent]);

export { init, graphic };
