using ConfigMgrSync.PowerShellHost;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>The engine's own formatters; only the thin cmdlets around them are missing from its package.</summary>
internal static class Shape
{
    internal static void Use(FrontEndCommandBase cmdlet, string shape) => Engine.Set(
        cmdlet,
        "implementation",
        Engine.New(Engine.FormatType("InnerFormatShapeCommand"), Enum.Parse(Engine.FormatType("FormatShape"), shape)));

    /// <summary>Wide and custom build their parameters in an override that is not visible outside the engine, so it is done from here.</summary>
    internal static void SetParameters(OuterFormatShapeCommandBase cmdlet, object shapeParameters, object[] properties, string definition, bool? autosize)
    {
        object parameters = Engine.New(Engine.FormatType("FormattingCommandLineParameters"));
        Engine.Set(parameters, "shapeParameters", shapeParameters);
        Engine.Set(parameters, "viewName", cmdlet.View);
        Engine.Set(parameters, "autosize", autosize);
        Engine.Set(parameters, "forceFormattingAlsoOnOutOfBand", cmdlet.Force.ToBool());
        Engine.Set(parameters, "groupByParameter", Engine.Call(cmdlet, "ProcessGroupByParameter"));
        Engine.Set(parameters, "expansion", Engine.Call(cmdlet, "ProcessExpandParameter"));
        if (properties is { Length: > 0 })
        {
            object processor = Engine.New(Engine.FormatType("ParameterProcessor"), Engine.New(Engine.FormatType(definition)));
            object context = Engine.New(Engine.FormatType("TerminatingErrorContext"), cmdlet);
            Engine.Set(parameters, "mshParameterList", Engine.Call(processor, "ProcessParameters", properties, context));
        }

        Engine.Call(Engine.Get(cmdlet, "implementation"), "SetCommandLineParameters", parameters);
    }
}

[Cmdlet(VerbsCommon.Format, "Table")]
public class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => Shape.Use(this, "Table");
}

[Cmdlet(VerbsCommon.Format, "List")]
public class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => Shape.Use(this, "List");
}

[Cmdlet(VerbsCommon.Format, "Wide")]
public class FormatWideCommand : OuterFormatShapeCommandBase
{
    public FormatWideCommand() => Shape.Use(this, "Wide");

    [Parameter(Position = 0)]
    public object Property { get; set; }

    [Parameter]
    public SwitchParameter AutoSize { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Column { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        object wide = Engine.New(Engine.FormatType("WideSpecificParameters"));
        if (Column > 0)
        {
            Engine.Set(wide, "columns", (int?)Column);
        }

        Shape.SetParameters(this, wide, Property is null ? null : [Property], "FormatWideParameterDefinition", AutoSize.IsPresent ? true : null);
    }
}

[Cmdlet(VerbsCommon.Format, "Custom")]
public class FormatCustomCommand : OuterFormatShapeCommandBase
{
    public FormatCustomCommand() => Shape.Use(this, "Complex");

    [Parameter(Position = 0)]
    public object[] Property { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 5;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        object custom = Engine.New(Engine.FormatType("ComplexSpecificParameters"));
        Engine.Set(custom, "maxDepth", Depth);
        Shape.SetParameters(this, custom, Property, "FormatObjectParameterDefinition", null);
    }
}
