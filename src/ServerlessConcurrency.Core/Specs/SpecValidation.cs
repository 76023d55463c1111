using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>One pass over a spec's fields that collects every mistake.</summary>
/// <param name="rules">What the engine knows.</param>
internal sealed class SpecValidation(SpecRules rules)
{
    private const string ModelsKind = "models";
    private const string NoneAreAdded = "none are without 'precision' or 'untilDecided'; give one of them, or leave it out";

    private static readonly int MostWorkloads = SpecSchema.OfExperiment.MaxItems("workloads");
    private static readonly long MostTasks = SpecSchema.OfWorkload.Maximum("tasks");

    private readonly List<SpecError> _errors = [];

    public SpecResult Read(JsonObject json)
    {
        if (rules.Refusal is { } reason)
            _errors.Add(new SpecError("", reason));
        string? kind = new SpecFields(json, "", _errors).Text("kind", maxLength: 100);
        if (kind == ClaimsSpec.KindName)
            return new ClaimsSpecValidation(rules, _errors).Read(json);
        if (kind is not (null or ModelsKind))
            RejectName("kind", "kind", kind, [ModelsKind, ClaimsSpec.KindName]);
        return ReadModelsSpec(json, new SchemaFields(json, "", _errors, SpecSchema.OfExperiment));
    }

    private SpecResult ReadModelsSpec(JsonObject json, SchemaFields fields)
    {
        var defaults = new ExperimentSpec { Workloads = [], Models = [] };
        fields.RejectUnknown();
        string name = fields.Text("name") ?? defaults.Name;
        IReadOnlyList<WorkloadSpec> workloads = ReadWorkloads(json);
        bool driftReference = fields.Boolean("driftReference") ?? defaults.DriftReference;
        bool coldStart = ReadColdStart(fields) ?? defaults.ColdStart;
        List<string> models = ReadModels(json);
        if (driftReference && rules.Models.Contains(SequentialModel.ModelId) && !models.Contains(SequentialModel.ModelId))
            models.Insert(0, SequentialModel.ModelId);
        int rounds = (int)(fields.Integer("rounds") ?? defaults.Rounds);
        double? precision = fields.Number("precision");
        bool untilDecided = ReadUntilDecided(fields, precision) ?? (precision is null && json["rounds"] is null);
        bool mayAddRounds = precision is not null || untilDecided;
        int? inFlight = (int?)fields.Integer("inFlight");
        var spec = new ExperimentSpec
        {
            Name = name,
            Workloads = workloads,
            Models = models,
            Degree = ReadDegree(fields, inFlight),
            InFlight = inFlight,
            Rounds = rounds,
            WarmupRounds = ReadWarmupRounds(fields, coldStart ? 0 : defaults.WarmupRounds, coldStart),
            Seed = fields.Integer("seed") ?? defaults.Seed,
            Precision = precision,
            UntilDecided = untilDecided,
            MaxRounds = ReadMaxRounds(fields, Math.Max(rounds, untilDecided ? Recommender.MostRounds : defaults.MaxRounds), rounds, mayAddRounds),
            TimeBudgetSeconds = ReadTimeBudget(fields, mayAddRounds),
            TaskTimeoutSeconds = fields.Number("taskTimeoutSeconds") ?? defaults.TaskTimeoutSeconds,
            DriftReference = driftReference,
            ColdStart = coldStart,
            MinRunMs = fields.Number("minRunMs") ?? defaults.MinRunMs,
        };
        return _errors.Count == 0 ? new SpecResult(spec, []) : new SpecResult(null, _errors);
    }

    private bool? ReadColdStart(SchemaFields fields)
    {
        bool? coldStart = fields.Boolean("coldStart");
        if (coldStart == true && rules.NoColdStart is { } reason)
            _errors.Add(new SpecError("coldStart", reason));
        return coldStart;
    }

    private int ReadWarmupRounds(SchemaFields fields, int byDefault, bool coldStart)
    {
        int warmupRounds = (int)(fields.Integer("warmupRounds") ?? byDefault);
        if (coldStart && warmupRounds > 0)
            _errors.Add(new SpecError("warmupRounds", $"{warmupRounds} is not 0, though 'coldStart' asks for processes that are not warm"));
        return warmupRounds;
    }

    private bool? ReadUntilDecided(SchemaFields fields, double? precision)
    {
        bool? untilDecided = fields.Boolean("untilDecided");
        if (untilDecided == true && precision is not null)
            _errors.Add(new SpecError("untilDecided", "is true, though 'precision' says when to end; leave one of them out"));
        return untilDecided;
    }

    private int? ReadDegree(SchemaFields fields, int? inFlight)
    {
        int? degree = (int?)fields.Integer("degree");
        if (degree > inFlight)
            _errors.Add(new SpecError("degree", $"{degree} is above 'inFlight', which is {inFlight}: no more tasks can be under way at once"));
        return degree;
    }

    private int ReadMaxRounds(SchemaFields fields, int byDefault, int rounds, bool mayAddRounds)
    {
        int maxRounds = (int)(fields.Integer("maxRounds") ?? byDefault);
        // The spec inside an experiment.json has it in any case.
        if (!mayAddRounds && maxRounds == new ExperimentSpec { Workloads = [], Models = [] }.MaxRounds)
            return byDefault;
        if (maxRounds < rounds)
            _errors.Add(new SpecError("maxRounds", $"{maxRounds} is below 'rounds', which is {rounds}"));
        else if (!mayAddRounds && maxRounds != byDefault)
            _errors.Add(new SpecError("maxRounds", $"{maxRounds} bounds rounds that are added, and {NoneAreAdded}"));
        return maxRounds;
    }

    private double? ReadTimeBudget(SchemaFields fields, bool mayAddRounds)
    {
        double? budget = fields.Number("timeBudgetSeconds");
        if (budget is not null && !mayAddRounds)
            _errors.Add(new SpecError("timeBudgetSeconds", FormattableString.Invariant($"{budget} bounds rounds that are added, and {NoneAreAdded}")));
        return budget;
    }

    private List<WorkloadSpec> ReadWorkloads(JsonObject json)
    {
        var workloads = new List<WorkloadSpec>();
        if (!json.TryGetPropertyValue("workloads", out JsonNode? node))
        {
            _errors.Add(new SpecError(
                "workloads", """is missing; expected e.g. [ { "kind": "primes", "size": 20000, "tasks": 32 } ]"""));
            return workloads;
        }

        if (node is not JsonArray array || array.Count < 1 || array.Count > MostWorkloads)
        {
            string found = node is JsonArray entries ? $"has {entries.Count} entries" : "is not an array";
            _errors.Add(new SpecError("workloads", $"{found}; expected an array of 1 to {MostWorkloads} workloads"));
            return workloads;
        }

        for (int index = 0; index < array.Count; index++)
        {
            string path = $"workloads[{index}]";
            if (array[index] is not JsonObject entry)
            {
                _errors.Add(new SpecError(path, "is not an object with 'kind', 'size' and 'tasks'"));
                continue;
            }

            WorkloadSpec? workload = ReadWorkload(entry, path);
            if (workload is null)
                continue;
            if (workloads.Exists(other => other.Kind == workload.Kind && other.Size == workload.Size))
                _errors.Add(new SpecError(path, $"'{workload.Kind}' of size {workload.Size} is listed twice"));
            workloads.Add(workload);
        }

        return workloads;
    }

    private WorkloadSpec? ReadWorkload(JsonObject entry, string path)
    {
        var fields = new SchemaFields(entry, path, _errors, SpecSchema.OfWorkload);
        fields.RejectUnknown();
        string? kind = fields.RequiredText("kind");
        Workload? workload = null;
        if (kind is not null && rules.Unavailable.ContainsKey(kind))
            RejectUnavailable($"{path}.kind", kind);
        else if (kind is not null && !rules.Workloads.TryGet(kind, out workload))
            RejectName($"{path}.kind", "workload", kind, AvailableWorkloads());
        long maxSize = workload?.MaxSize ?? SpecSchema.OfWorkload.Maximum("size");
        bool isOwn = workload?.IsOwnCode ?? false;
        string of = workload is null ? "" : workload.SizeUnit.Length == 0 ? $" for '{kind}'" : $" for '{kind}' ({workload.SizeUnit})";
        long? size = isOwn && entry["size"] is null ? 1 : fields.RequiredInteger("size", 1, maxSize, of);
        ItemFile? items = ReadItems(fields, path, kind, workload, out string? file);
        // Items that cannot be read are mistake enough.
        long? tasks = file is not null && entry["tasks"] is null ? items?.Count : fields.RequiredInteger("tasks");
        if (tasks > MostTasks)
            _errors.Add(new SpecError($"{path}.tasks", FormattableString.Invariant($"is missing, and the items are {tasks:N0}; expected 1 to {MostTasks:N0} tasks")));
        WorkloadNature? nature = ReadOwn<WorkloadNature>(fields, path, "nature", kind, workload);
        TaskResults? results = ReadOwn<TaskResults>(fields, path, "results", kind, workload);
        return kind is null || size is null || tasks is null
            ? null
            : new WorkloadSpec(kind, size.Value, (int)Math.Min(tasks.Value, MostTasks)) { Items = file, Nature = nature, Results = results };
    }

    private ItemFile? ReadItems(SchemaFields fields, string path, string? kind, Workload? workload, out string? file)
    {
        file = fields.Text("items");
        if (file is null || IsForOthers(path, "items", kind, workload))
            return null;
        if (rules.ItemsFolder is not { } folder)
        {
            _errors.Add(new SpecError($"{path}.items", "cannot be read by this engine"));
            return null;
        }

        string full = Path.GetFullPath(file, folder);
        if (rules.ConfinesItems && !full.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            _errors.Add(new SpecError($"{path}.items", $"'{file}' is outside the folder of this program; expected a relative path inside it"));
            return null;
        }

        file = full;
        try
        {
            return ItemFile.Open(full);
        }
        catch (OwnCodeException exception)
        {
            _errors.Add(new SpecError($"{path}.items", exception.Message));
            return null;
        }
    }

    private T? ReadOwn<T>(SchemaFields fields, string path, string field, string? kind, Workload? workload)
        where T : struct, Enum
    {
        if (fields.Text(field) is not { } name || IsForOthers(path, field, kind, workload))
            return null;
        T[] known = Enum.GetValues<T>();
        string[] names = [.. known.Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))];
        int index = Array.IndexOf(names, name);
        if (index >= 0)
            return known[index];
        RejectName($"{path}.{field}", field, name, names);
        return null;
    }

    // What a built-in workload is, it says itself.
    private bool IsForOthers(string path, string field, string? kind, Workload? workload)
    {
        if (workload is null || workload.IsOwnCode)
            return workload is null;
        _errors.Add(new SpecError($"{path}.{field}", $"is for workloads of your own; '{kind}' is built in"));
        return true;
    }

    private List<string> ReadModels(JsonObject json)
    {
        if (!json.TryGetPropertyValue("models", out JsonNode? node) || node is null)
            return [.. rules.Models.Where(model => !rules.Unavailable.ContainsKey(model))];
        if (node is not JsonArray { Count: > 0 } array)
        {
            _errors.Add(new SpecError("models", "is not an array of one or more model ids"));
            return [];
        }

        var models = new List<string>();
        for (int index = 0; index < array.Count; index++)
        {
            string path = $"models[{index}]";
            if (array[index] is not JsonValue value || !value.TryGetValue(out string? model))
                _errors.Add(new SpecError(path, "is not a string"));
            else if (rules.Unavailable.ContainsKey(model))
                RejectUnavailable(path, model);
            else if (!rules.Models.Contains(model))
                RejectName(path, "model", model, rules.Models);
            else if (models.Contains(model))
                _errors.Add(new SpecError(path, $"'{model}' is listed twice"));
            else
                models.Add(model);
        }

        return models;
    }

    private IEnumerable<string> AvailableWorkloads() =>
        rules.Workloads.All.Where(known => known is not EarlierVersion).Select(known => known.Kind).Where(kind => !rules.Unavailable.ContainsKey(kind));

    private void RejectUnavailable(string path, string name) =>
        _errors.Add(new SpecError(path, $"'{name}' {rules.Unavailable[name]}"));

    private void RejectName(string path, string what, string name, IEnumerable<string> known) => _errors.Add(
        new SpecError(path, Suggestion.Unknown(what, name, [.. known])));
}
