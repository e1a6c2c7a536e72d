using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>How the records above are read: fields that they do not name are passed over without being built.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNameCaseInsensitive = false, NumberHandling = JsonNumberHandling.Strict, DefaultBufferSize = 256 * 1024, Converters = [typeof(SharedTexts)])]
[JsonSerializable(typeof(ServedPage<ServedApplication>), TypeInfoPropertyName = "ApplicationPage")]
[JsonSerializable(typeof(ServedPage<ServedProject>), TypeInfoPropertyName = "ProjectPage")]
[JsonSerializable(typeof(ServedPage<ServedDeployment>), TypeInfoPropertyName = "DeploymentPage")]
[JsonSerializable(typeof(ServedPage<ServedReplicaSet>), TypeInfoPropertyName = "ReplicaSetPage")]
[JsonSerializable(typeof(ServedPage<ServedPod>), TypeInfoPropertyName = "PodPage")]
[JsonSerializable(typeof(ServedEvent<ServedApplication>), TypeInfoPropertyName = "ApplicationEvent")]
[JsonSerializable(typeof(ServedEvent<ServedProject>), TypeInfoPropertyName = "ProjectEvent")]
[JsonSerializable(typeof(ServedEvent<ServedDeployment>), TypeInfoPropertyName = "DeploymentEvent")]
[JsonSerializable(typeof(ServedEvent<ServedReplicaSet>), TypeInfoPropertyName = "ReplicaSetEvent")]
[JsonSerializable(typeof(ServedEvent<ServedPod>), TypeInfoPropertyName = "PodEvent")]
[JsonSerializable(typeof(ServedHead))]
[JsonSerializable(typeof(ServedStatus))]
internal sealed partial class ServedJson : JsonSerializerContext;
