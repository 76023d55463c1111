using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class LineChartTests
{
    // Of a digit in the font of the page, 12 px.
    private const double DigitWidth = 6.7;

    [Theory]
    [InlineData(0.00002)]
    [InlineData(1)]
    [InlineData(86_400_000)]
    public void Numbers_of_both_axes_are_within_the_drawing(double most)
    {
        var line = new ChartLine("threads", 1, [new(0, 0), new(most, most)], [], Shape: LineShape.None);
        var html = new StringBuilder();

        LineChart.Of("caption", "ms", [line], AxisScale.Fitting, AxisScale.Fitting)!.Write(new HtmlWriter(html));

        XElement svg = XElement.Parse(html.ToString()).Descendants("svg").First();
        double[] box = [.. ((string)svg.Attribute("viewBox")!).Split(' ').Select(Number)];
        Assert.All(svg.Elements("text"), text =>
        {
            double width = DigitWidth * text.Value.Length;
            double end = Number((string)text.Attribute("x")!) + ((string)text.Attribute("class")! == "tick" ? width / 2 : 0);
            Assert.InRange(end - width, box[0], box[0] + box[2]);
            Assert.InRange(end, box[0], box[0] + box[2]);
        });
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
